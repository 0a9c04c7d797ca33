import { TimeAgo } from "@/client/ui/time";
import type { SyncTask } from "@/core/models/sync";
import { RetryButton } from "./retry-button";
import { count, stageWords } from "./words";

/** What a failed task was about, e.g. a path or a page, from its inputs. */
export function taskSubject(task: SyncTask): string {
  const texts = Object.entries(task.inputs)
    .filter(([, value]) => typeof value === "string" || typeof value === "number")
    .map(([key, value]) => `${key} ${String(value)}`);
  return texts.join(", ");
}

/** One failure, what it was about, and a way to try it again. */
function FailedTask({ task, reload }: { task: SyncTask; reload: () => void }) {
  const subject = taskSubject(task);
  return (
    <li className="border-t border-line px-4 py-3 first:border-t-0">
      <div className="flex flex-wrap justify-between gap-x-4">
        <h3>
          {task.integration}: {stageWords(task.step)}
        </h3>
        <span className="text-sm text-muted">
          <TimeAgo iso={task.updateDate} />
        </span>
      </div>
      {subject === "" ? null : (
        <p dir="auto" className="font-mono text-[0.8125rem] text-muted">
          {subject}
        </p>
      )}
      <p dir="auto" className="mt-1 line-clamp-6 text-bad">
        {task.error ?? "No reason was recorded."}
      </p>
      {task.retries === 0 ? null : (
        <p className="text-sm text-muted">Tried again {count(task.retries, "time")}.</p>
      )}
      <div className="mt-2">
        <RetryButton taskIds={[task.id]} label={`Try again: ${subject.slice(0, 80)}`} reload={reload}>
          Try again
        </RetryButton>
      </div>
    </li>
  );
}

/** Steps and items that failed; every one is tried again in the next sync of its source. */
export function FailedTasks({ tasks, reload }: { tasks: readonly SyncTask[]; reload: () => void }) {
  return (
    <ul className="table-box">
      {tasks.map((task) => (
        <FailedTask key={task.id} task={task} reload={reload} />
      ))}
    </ul>
  );
}
