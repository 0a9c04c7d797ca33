import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { CopyButton } from "@/client/ui/copy-button";
import { absoluteTime } from "@/client/ui/dates";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { SyncRun } from "@/core/models/sync";
import type { LogLine } from "@/core/models/system";

const known = new Set(["time", "level", "message", "runId", "integration"]);

/** A line's further fields, as the log has them. */
function restOf(line: LogLine): string {
  return Object.entries(line)
    .filter(([name]) => !known.has(name))
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
}

const tones = { debug: "text-muted", info: "text-info", warn: "text-warn", error: "text-bad" } as const;

/** What the server's log says of one sync, oldest first. */
export function RunLog({ run, mark }: { run: SyncRun; mark: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`${run.id} log ${mark}`, (signal) => api.logs(run.id, signal));
  if (error !== undefined)
    return <Failure title="The log could not be loaded" error={error} retry={reload} />;
  if (data === undefined) {
    return (
      <Loading what="the log">
        <Bone className="h-24" />
      </Loading>
    );
  }
  const lines = data.lines.toReversed();
  if (lines.length === 0) {
    return (
      <p className="text-muted">
        The log says nothing of this sync. The server's own log has more, under the run's id{" "}
        <code>{run.id}</code>.
      </p>
    );
  }
  return (
    <>
      <div className="mb-2 flex items-center justify-between gap-2">
        <p className="text-sm text-muted">
          {data.dropped === 0 ? "" : `${data.dropped.toLocaleString("en")} older lines are no longer kept. `}
          Secrets are struck out.
        </p>
        <CopyButton text={lines.map((line) => JSON.stringify(line)).join("\n")} what="the log lines" />
      </div>
      <ol className="table-box divide-y divide-line font-mono text-[0.8125rem]">
        {lines.map((line) => (
          <li
            key={`${line.time} ${line.message} ${restOf(line)}`}
            className="flex flex-wrap gap-x-3 px-3 py-1.5"
          >
            <time dateTime={line.time} title={absoluteTime(line.time)} className="text-muted tabular-nums">
              {line.time.slice(11, 23)}
            </time>
            <span className={`w-10 ${tones[line.level]}`}>{line.level}</span>
            <span dir="auto" className="min-w-0">
              {line.message} <span className="text-muted">{restOf(line)}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
