import { Icon } from "@/client/ui/icons";
import { ScrollBox } from "@/client/ui/scroll-box";
import type { LegTrace } from "@/core/models/search";

const cell = "px-2 py-1 text-end tabular-nums first:text-start first:ps-0";

function Head() {
  return (
    <tr className="border-b border-line">
      <th scope="col" className={cell}>
        Found by
      </th>
      <td aria-hidden="true" className="hidden sm:table-cell" />
      <th scope="col" className={cell}>
        Rank
      </th>
      <th scope="col" className={cell}>
        Raw
      </th>
      <th scope="col" className={cell}>
        Weight
      </th>
      <th scope="col" className={cell}>
        Adds
      </th>
    </tr>
  );
}

/** What one part of the search gave. Its bar is as long as it gave of `most`, the largest share of the hit. */
function LegRow({ trace, most }: { trace: LegTrace; most: number }) {
  return (
    <tr>
      <th scope="row" className={`${cell} font-medium text-ink`}>
        {trace.leg}
      </th>
      <td aria-hidden="true" className="hidden w-32 px-2 sm:table-cell">
        <svg className="block h-2 w-full" viewBox="0 0 100 4" preserveAspectRatio="none">
          <rect width={(Math.abs(trace.contribution) / most) * 100} height="4" className="fill-accent" />
        </svg>
      </td>
      <td className={cell}>{trace.rank ?? "–"}</td>
      <td className={cell}>{trace.raw.toFixed(3)}</td>
      <td className={cell}>{trace.weight.toFixed(2)}</td>
      <td className={cell}>{trace.contribution.toFixed(4)}</td>
    </tr>
  );
}

/** Why a hit was found: what each part of the search gave, as bars and numbers that add up to the score. */
export function Why({ traces, title }: { traces: readonly LegTrace[]; title: string }) {
  const most = Math.max(...traces.map((trace) => Math.abs(trace.contribution)));
  return (
    <details className="mt-2 text-sm">
      <summary className="inline-flex min-h-6 items-center gap-1 font-medium text-muted hover:text-ink">
        <Icon name="chevron" className="turn size-3" />
        Why this hit<span className="sr-only">: {title}</span>
      </summary>
      <ScrollBox label={`Scores of ${title}`}>
        <table className="text-muted">
          <thead>
            <Head />
          </thead>
          <tbody>
            {traces
              .filter((trace) => trace.contribution !== 0)
              .map((trace) => (
                <LegRow key={trace.leg} trace={trace} most={most} />
              ))}
          </tbody>
        </table>
      </ScrollBox>
    </details>
  );
}
