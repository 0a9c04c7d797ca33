import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { Link, runPath } from "@/client/router";
import { absoluteTime, duration } from "@/client/ui/dates";
import { TimeAgo, TimeAhead } from "@/client/ui/time";
import type { SyncRun } from "@/core/models/sync";
import { resultWords, runState, triggerWords } from "./words";

const columns = [
  { text: "Source" },
  { text: "Result" },
  { text: "Kind", from: "md" },
  { text: "Took", from: "sm" },
  { text: "Started", from: "sm" },
] as const;

/** How it ended or where it is, and why it stands still. */
function RunResult({ run }: { run: SyncRun }) {
  const state = runState(run);
  return (
    <td className="cell">
      <Pill tone={state.tone} icon={state.icon}>
        {state.text}
      </Pill>
      <span className="mt-1 block text-sm">{resultWords(run)}</span>
      {run.error === null ? null : (
        <span dir="auto" className="mt-1 line-clamp-3 text-sm text-bad">
          {run.error}
        </span>
      )}
      {run.parkedUntil === null ? null : (
        <span className="block text-sm text-muted">
          goes on <TimeAhead iso={run.parkedUntil} />
        </span>
      )}
    </td>
  );
}

function RunRow({ run, hidden }: { run: SyncRun; hidden: readonly string[] }) {
  const shown = (column: string) => !hidden.includes(column);
  return (
    <tr className="row">
      <th scope="row" className="cell min-w-28 font-medium md:min-w-52">
        <Link className="text-link" href={runPath(run.id)}>
          {run.integration}
          <span className="sr-only">, sync of {absoluteTime(run.startedAt ?? run.createdAt)}</span>
        </Link>
        <span dir="auto" className="line-clamp-2 text-sm font-normal text-muted max-sm:line-clamp-4">
          {run.account}
        </span>
        <span className="block text-sm font-normal text-muted sm:hidden">
          <TimeAgo iso={run.startedAt ?? run.createdAt} />
        </span>
      </th>
      <RunResult run={run} />
      {shown("Kind") ? (
        <td className="cell hidden whitespace-nowrap text-muted md:table-cell">
          {run.mode === "full" ? "Full" : "Changes"}, {triggerWords(run)}
        </td>
      ) : null}
      {shown("Took") ? (
        <td className="cell hidden whitespace-nowrap text-muted tabular-nums sm:table-cell">
          {run.startedAt !== null && run.finishedAt !== null ? duration(run.startedAt, run.finishedAt) : "–"}
        </td>
      ) : null}
      {shown("Started") ? (
        <td className="cell hidden whitespace-nowrap text-muted sm:table-cell">
          <TimeAgo iso={run.startedAt ?? run.createdAt} />
        </td>
      ) : null}
    </tr>
  );
}

/** Columns that can be put away, by their heads. */
export const runColumns = ["Kind", "Took", "Started"] as const;
const none: readonly string[] = [];

/** Recent runs, newest first. On narrow screens the less important columns go. */
export function RunsTable({ runs, hidden = none }: { runs: readonly SyncRun[]; hidden?: readonly string[] }) {
  return (
    <DataTable
      caption="Recent syncs, newest first"
      columns={columns.filter(({ text }) => !hidden.includes(text))}
    >
      {runs.map((run) => (
        <RunRow key={run.id} run={run} hidden={hidden} />
      ))}
    </DataTable>
  );
}
