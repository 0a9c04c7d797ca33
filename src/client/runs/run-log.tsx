import { useDeferredValue, useState, type ReactNode } from "react";
import { useApi } from "@/client/api";
import { isActive } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Button } from "@/client/ui/button";
import { CopyButton } from "@/client/ui/copy-button";
import { absoluteTime, clockTime } from "@/client/ui/dates";
import { saveFile } from "@/client/ui/save-file";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { isWhole, whole } from "@/client/ui/range-picker";
import type { SyncRun } from "@/core/models/sync";
import type { LogLine } from "@/core/models/system";
import { matchingLines, restOf, toLevel, type Level } from "./log-filter";
import { LogChart } from "./log-chart";
import { linesWithin, spanOf } from "./log-histogram";
import { count } from "./words";

const tones = { debug: "text-muted", info: "text-info", warn: "text-warn", error: "text-bad" } as const;

function Lines({ lines }: { lines: readonly LogLine[] }) {
  return (
    <ol className="table-box divide-y divide-line font-mono text-[0.8125rem]">
      {lines.map((line) => (
        <li
          key={`${line.time} ${line.message} ${restOf(line)}`}
          className="flex flex-wrap gap-x-3 px-3 py-1.5"
        >
          <time dateTime={line.time} title={absoluteTime(line.time)} className="text-muted tabular-nums">
            {clockTime(line.time)}
          </time>
          <span className={`w-10 ${tones[line.level]}`}>{line.level}</span>
          <span dir="auto" className="min-w-0">
            {line.message} <span className="text-muted">{restOf(line)}</span>
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Which lines are shown: by level, text and part of the time. */
function useLogFilter(lines: readonly LogLine[]) {
  const [level, setLevel] = useState<Level>("debug");
  const [text, setText] = useState("");
  const [range, setRange] = useState(whole);
  const span = spanOf(lines);
  const timely = span === undefined || isWhole(range) ? lines : linesWithin(lines, span, range);
  const shown = matchingLines(timely, level, useDeferredValue(text));
  const clear = () => {
    setLevel("debug");
    setText("");
    setRange(whole);
  };
  return { level, setLevel, text, setText, range, setRange, span, shown, clear };
}

/** Narrows the lines, and gives those that are left to copy or to save. */
function LogFilterBar({
  filter: { level, setLevel, text, setText, shown },
  hold,
}: {
  filter: ReturnType<typeof useLogFilter>;
  hold: ReactNode;
}) {
  const asText = () => shown.map((line) => JSON.stringify(line)).join("\n");
  return (
    <search className="mb-3 flex flex-wrap items-center gap-2">
      <select
        aria-label="Level"
        className="field w-auto"
        value={level}
        onChange={(event) => setLevel(toLevel(event.target.value))}
      >
        <option value="debug">All levels</option>
        <option value="info">Info and above</option>
        <option value="warn">Warnings and errors</option>
        <option value="error">Errors</option>
      </select>
      <input
        type="search"
        aria-label="Line holds"
        className="field w-auto min-w-0 flex-1 basis-40"
        placeholder="Line holds…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {hold}
      <CopyButton text={asText()} what="the log lines" />
      <Button icon="down" onClick={() => saveFile("sync-log.jsonl", "application/x-ndjson", `${asText()}\n`)}>
        Save
      </Button>
    </search>
  );
}

function Filtered({ lines, hold }: { lines: readonly LogLine[]; hold: ReactNode }) {
  const filter = useLogFilter(lines);
  const { range, setRange, span, shown, clear } = filter;
  return (
    <>
      {span === undefined || span.to === span.from ? null : (
        <LogChart lines={lines} span={span} range={range} change={setRange} />
      )}
      <LogFilterBar filter={filter} hold={hold} />
      <output className="sr-only">{count(shown.length, "line")}</output>
      {shown.length > 0 ? (
        <Lines lines={shown} />
      ) : (
        <Empty title="No line fits these filters">
          <Button onClick={clear}>Clear filters</Button>
        </Empty>
      )}
    </>
  );
}

/** What the server's log says of one sync, oldest first; while that goes on, as it comes, unless it is held. */
export function RunLog({ run, mark }: { run: SyncRun; mark: string }) {
  const api = useApi();
  const [held, setHeld] = useState<string>();
  const { data, error, reload } = useResource(`${run.id} log ${held ?? mark}`, (signal) =>
    api.logs(run.id, signal),
  );
  if (error !== undefined)
    return <Failure title="The log could not be loaded" error={error} retry={reload} />;
  if (data === undefined) {
    return (
      <Loading what="the log">
        <Bone className="h-24" />
      </Loading>
    );
  }
  if (data.lines.length === 0) {
    return (
      <p className="text-muted">
        The log says nothing of this sync. The server's own log has more, under the run's id{" "}
        <code>{run.id}</code>.
      </p>
    );
  }
  const hold = isActive(run) ? (
    <Button
      icon={held === undefined ? "pause" : "play"}
      onClick={() => setHeld(held === undefined ? mark : undefined)}
    >
      {held === undefined ? "Hold" : "Follow"}
    </Button>
  ) : null;
  return (
    <>
      <p className="mb-2 text-sm text-muted">
        {data.dropped === 0 ? "" : `${data.dropped.toLocaleString("en")} older lines are no longer kept. `}
        Secrets are struck out.
      </p>
      <Filtered lines={data.lines.toReversed()} hold={hold} />
    </>
  );
}
