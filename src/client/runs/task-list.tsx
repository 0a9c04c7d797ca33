import { memo } from "react";
import { useApi } from "@/client/api";
import { useWindowed } from "@/client/data/use-windowed";
import { duration } from "@/client/ui/dates";
import { Pill } from "@/client/ui/pill";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { VirtualRows } from "@/client/ui/virtual-rows";
import type { SyncTask } from "@/core/models/sync";
import { taskSubject } from "./failed-tasks";
import { count, stageWords } from "./words";

const looks = {
  PENDING: { text: "Under way", tone: "info", icon: "clock" },
  SUCCESS: { text: "Done", tone: "ok", icon: "check" },
  FAILED: { text: "Failed", tone: "bad", icon: "alert" },
} as const;

/** What a task counted, e.g. "inserted 12, unchanged 3"; zeros are left out. */
function countsOf(task: SyncTask): string {
  return Object.entries(task.counts)
    .filter(([, amount]) => amount > 0)
    .map(([name, amount]) => `${name} ${amount}`)
    .join(", ");
}

const Cells = memo(function Cells({ task }: { task: SyncTask | undefined }) {
  if (task === undefined) {
    return (
      <td>
        <Bone className="h-4 w-1/2" />
      </td>
    );
  }
  const { text, tone, icon } = looks[task.status];
  const about = [taskSubject(task), countsOf(task)].filter((part) => part !== "").join(" · ");
  return (
    <>
      <td className="truncate">{stageWords(task.step)}</td>
      <td dir="auto" className="truncate text-muted max-sm:text-sm" title={task.error ?? about}>
        {task.error ?? (about === "" ? "–" : about)}
      </td>
      <td>
        <Pill tone={tone} icon={icon}>
          {text}
        </Pill>
      </td>
      <td className="text-end text-muted tabular-nums">
        {task.status === "PENDING" ? "–" : duration(task.createdAt, task.updateDate)}
      </td>
    </>
  );
});

/** All tasks of a run in the order they were made, however many there are. */
export function TaskList({ runId, mark }: { runId: string; mark: string }) {
  const api = useApi();
  const { total, at, show, error, reload } = useWindowed<SyncTask>(
    `${runId} ${mark}`,
    200,
    async (page, signal) => {
      const { syncTasks, total: all } = await api.runTasks(runId, page, signal);
      return { rows: syncTasks, total: all };
    },
  );
  if (error !== undefined)
    return <Failure title="The tasks could not be loaded" error={error} retry={reload} />;
  if (total === undefined) {
    return (
      <Loading what="tasks">
        <Bone className="h-64" />
      </Loading>
    );
  }
  if (total === 0) return <p className="text-muted">No task has been recorded.</p>;
  return (
    <>
      <p className="mb-2 text-sm text-muted">{count(total, "task")}</p>
      <VirtualRows
        label="Tasks of this sync"
        columns="task-columns"
        total={total}
        height={2.5}
        littleHeight={3.5}
        show={show}
        renderRow={(index) => <Cells task={at(index)} />}
        head={
          <>
            <th scope="col">Step</th>
            <th scope="col">About</th>
            <th scope="col">Result</th>
            <th scope="col" className="text-end">
              Took
            </th>
          </>
        }
      />
    </>
  );
}
