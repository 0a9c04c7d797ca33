import { useState } from "react";
import { useApi } from "@/client/api";
import { isActive } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { Button } from "@/client/ui/button";
import { clockTime, duration } from "@/client/ui/dates";
import { isWhole, type Range, RangePicker, whole } from "@/client/ui/range-picker";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { useNow } from "@/client/ui/use-now";
import type { SyncRun } from "@/core/models/sync";
import { StepPanel } from "./step-panel";
import { timelineBars, zoomed, type Bar } from "./timeline-bars";
import { count, stageWords } from "./words";

function Row({ bar, chosen, choose }: { bar: Bar; chosen: boolean; choose: () => void }) {
  const { step, start, width } = bar;
  const failed = step.failed > 0;
  return (
    <tr>
      <th scope="row" className="py-1 pe-3 text-start text-sm font-medium sm:whitespace-nowrap">
        <button
          type="button"
          aria-expanded={chosen}
          className={`-ms-1.5 min-h-6 rounded px-1.5 text-start hover:bg-sunken ${chosen ? "bg-accent-soft text-accent" : ""}`}
          onClick={choose}
        >
          {stageWords(step.step)}
          <span className="hidden text-xs font-normal text-muted md:inline"> {step.step}</span>
        </button>
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
      <td className="py-1 ps-3 text-end text-sm text-muted tabular-nums sm:whitespace-nowrap">
        {count(step.tasks, "task")}
        {failed ? <span className="text-bad">, {step.failed} failed</span> : null}
        {step.pending > 0 ? `, ${step.pending} under way` : null}
      </td>
    </tr>
  );
}

/** Bars of all steps, the part of their time that is looked at, and what is known of a chosen step. */
function Bars({ bars, from, to }: { bars: readonly Bar[]; from: string; to: string }) {
  const [range, setRange] = useState<Range>(whole);
  const [chosen, setChosen] = useState<string>();
  const shown = bars.find((bar) => bar.step.step === chosen);
  const say = (place: number) =>
    clockTime(new Date(Date.parse(from) + ((Date.parse(to) - Date.parse(from)) * place) / 100).toISOString());
  return (
    <div className="rounded-lg border border-line bg-surface px-4 py-2">
      <div className={shown === undefined ? "" : "lg:grid lg:grid-cols-[minmax(0,1fr)_18rem] lg:gap-6"}>
        <div className="max-[20rem]:overflow-x-auto">
          <table className="w-full">
            <caption className="sr-only">Steps of this sync in the order they began</caption>
            <tbody>
              {zoomed(bars, range).map((bar) => (
                <Row
                  key={bar.step.step}
                  bar={bar}
                  chosen={bar.step.step === chosen}
                  choose={() => setChosen(bar.step.step === chosen ? undefined : bar.step.step)}
                />
              ))}
            </tbody>
          </table>
          <div className="mt-1 hidden items-center gap-3 sm:flex">
            <div className="min-w-0 flex-1">
              <RangePicker label="Time shown" value={range} change={setRange} say={say} />
            </div>
            <Button look="quiet" disabled={isWhole(range)} onClick={() => setRange(whole)}>
              Whole time
            </Button>
          </div>
        </div>
        {shown === undefined ? null : (
          <StepPanel
            bar={shown}
            zoom={() => setRange([shown.start, Math.min(100, shown.start + Math.max(1, shown.width))])}
          />
        )}
      </div>
    </div>
  );
}

/** The steps of a sync as bars over its time; the same as a table of words and durations. */
export function Timeline({ run, mark }: { run: SyncRun; mark: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`${run.id} ${mark}`, (signal) =>
    api.runTasks(run.id, { limit: 1 }, signal),
  );
  const now = useNow();
  const soFar = isActive(run) ? new Date(now).toISOString() : run.createdAt;
  const { from, to, bars } = timelineBars(
    data?.steps ?? [],
    run.startedAt ?? run.createdAt,
    run.finishedAt ?? soFar,
  );
  return (
    <Section title="Steps">
      {error === undefined ? null : (
        <Failure title="The steps could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="steps">
          <Bone className="h-[9.75rem]" />
        </Loading>
      ) : null}
      {data !== undefined && bars.length === 0 ? (
        <p className="text-muted">No step has been recorded.</p>
      ) : null}
      {bars.length === 0 ? null : <Bars bars={bars} from={from} to={to} />}
    </Section>
  );
}
