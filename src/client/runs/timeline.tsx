import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { duration } from "@/client/ui/dates";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { SyncRun } from "@/core/models/sync";
import { timelineBars, type Bar } from "./timeline-bars";
import { count, stageWords } from "./words";

function Row({ bar }: { bar: Bar }) {
  const { step, start, width } = bar;
  const failed = step.failed > 0;
  return (
    <tr>
      <th scope="row" className="py-1 pe-3 text-start text-sm font-medium whitespace-nowrap">
        {stageWords(step.step)}
        <span className="hidden text-xs font-normal text-muted md:inline"> {step.step}</span>
      </th>
      <td className="hidden w-full py-1 sm:table-cell" aria-hidden="true">
        <svg className="block h-3 w-full" viewBox="0 0 100 4" preserveAspectRatio="none">
          <rect width="100" height="4" rx="0.4" className="fill-sunken" />
          <rect x={start} width={width} height="4" rx="0.4" className={failed ? "fill-bad" : "fill-accent"} />
        </svg>
      </td>
      <td className="py-1 ps-3 text-end text-sm whitespace-nowrap text-muted tabular-nums">
        {duration(step.from, step.to)}
      </td>
      <td className="py-1 ps-3 text-end text-sm whitespace-nowrap text-muted tabular-nums">
        {count(step.tasks, "task")}
        {failed ? <span className="text-bad">, {step.failed} failed</span> : null}
        {step.pending > 0 ? `, ${step.pending} under way` : null}
      </td>
    </tr>
  );
}

/** The steps of a sync as bars over its time; the same as a table of words and durations. */
export function Timeline({ run, mark }: { run: SyncRun; mark: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`${run.id} ${mark}`, (signal) =>
    api.runTasks(run.id, { limit: 1 }, signal),
  );
  const end = run.finishedAt ?? run.createdAt;
  const bars = timelineBars(data?.steps ?? [], run.startedAt ?? run.createdAt, end);
  return (
    <Section title="Steps">
      {error === undefined ? null : (
        <Failure title="The steps could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="steps">
          <Bone className="h-[6.75rem]" />
        </Loading>
      ) : null}
      {data !== undefined && bars.length === 0 ? (
        <p className="text-muted">No step has been recorded.</p>
      ) : null}
      {bars.length === 0 ? null : (
        <div className="rounded-lg border border-line bg-surface px-4 py-2">
          <table className="w-full">
            <caption className="sr-only">Steps of this sync in the order they began</caption>
            <tbody>
              {bars.map((bar) => (
                <Row key={bar.step.step} bar={bar} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
