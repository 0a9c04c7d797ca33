import { Button } from "@/client/ui/button";
import { clockTime, duration } from "@/client/ui/dates";
import type { Bar } from "./timeline-bars";
import { stageWords } from "./words";

/** What is known of one step, beside the bars. */
export function StepPanel({ bar: { step, width }, zoom }: { bar: Bar; zoom: () => void }) {
  const facts = [
    ["Began", clockTime(step.from)],
    ["Ended", step.pending > 0 ? "Not yet" : clockTime(step.to)],
    ["Took", `${duration(step.from, step.to)}, ${Math.round(width)} % of the time`],
    ["Done", (step.tasks - step.failed - step.pending).toLocaleString("en")],
    ["Failed", step.failed.toLocaleString("en")],
    ["Under way", step.pending.toLocaleString("en")],
  ] as const;
  return (
    <aside
      aria-label={`Step: ${stageWords(step.step)}`}
      className="mt-3 border-t border-line pt-3 lg:mt-0 lg:border-s lg:border-t-0 lg:ps-5 lg:pt-1"
    >
      <p className="text-sm font-semibold">{stageWords(step.step)}</p>
      <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 text-sm">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="text-end tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <Button look="quiet" className="mt-1 -ms-3 hidden sm:inline-flex" icon="search" onClick={zoom}>
        Zoom to this step
      </Button>
    </aside>
  );
}
