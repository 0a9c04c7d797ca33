import { Link, runPath } from "@/client/router";
import { taskSubject } from "@/client/runs/failed-tasks";
import { Section } from "@/client/ui/section";
import { TimeAgo } from "@/client/ui/time";
import type { SyncTask } from "@/core/models/sync";

/** The newest failures, each with the sync it belongs to. */
export function RecentFailures({ failures }: { failures: readonly SyncTask[] }) {
  return (
    <Section
      title="Recent failures"
      actions={
        <Link className="text-link text-sm" href="/runs">
          All runs
        </Link>
      }
    >
      {failures.length === 0 ? (
        <p className="text-muted">Nothing has failed.</p>
      ) : (
        <ul className="table-box divide-y divide-line">
          {failures.map((task) => (
            <li key={task.id} className="flex flex-wrap gap-x-3 px-3 py-2 text-sm">
              <span className="font-medium">{task.integration}</span>
              <span dir="auto" className="line-clamp-2 min-w-0 flex-1 basis-60 text-bad">
                {task.error ?? taskSubject(task)}
              </span>
              <span className="text-muted">
                <TimeAgo iso={task.updateDate} />
              </span>
              {task.runId === null ? null : (
                <Link className="text-link" href={runPath(task.runId)}>
                  See the sync<span className="sr-only"> of {taskSubject(task).slice(0, 80)}</span>
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
