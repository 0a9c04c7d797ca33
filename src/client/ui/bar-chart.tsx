import { useId } from "react";
import { Icon } from "./icons";
import { barHeights } from "./bar-chart-scale";

export interface ChartPoint {
  label: string;
  value: number;
}

const number = new Intl.NumberFormat("en");

/** The picture, with the first and the last label below it. */
function Bars({ points }: { points: readonly ChartPoint[] }) {
  const heights = barHeights(points.map((point) => point.value));
  const width = 100 / Math.max(1, points.length);
  return (
    <>
      <svg
        aria-hidden="true"
        className="mt-3 block h-24 w-full"
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
      >
        <rect y="99.500" width="100" height="0.500" className="fill-line" />
        {points.map((point, index) => {
          const height = heights[index] ?? 0;
          return (
            <rect
              key={point.label}
              x={index * width + width * 0.12}
              width={width * 0.76}
              y={100 - height}
              height={height}
              className="chart-bar"
            >
              <title>{`${point.label}: ${number.format(point.value)}`}</title>
            </rect>
          );
        })}
      </svg>
      <div className="mt-1 flex justify-between text-xs text-muted" aria-hidden="true">
        <span>{points[0]?.label}</span>
        <span>{points.at(-1)?.label}</span>
      </div>
    </>
  );
}

function PointTable({ points, unit }: { points: readonly ChartPoint[]; unit: string }) {
  return (
    <table className="mt-2 w-full">
      <thead className="text-muted">
        <tr>
          <th scope="col" className="py-1 text-start font-medium">
            Day
          </th>
          <th scope="col" className="py-1 text-end font-medium">
            {unit}
          </th>
        </tr>
      </thead>
      <tbody>
        {points.map((point) => (
          <tr key={point.label} className="border-t border-line">
            <th scope="row" className="py-1 text-start font-normal">
              {point.label}
            </th>
            <td className="py-1 text-end tabular-nums">{number.format(point.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Values as bars, and the same as a table for whoever reads rather than looks. */
export function BarChart({
  title,
  figure,
  summary,
  points,
  unit,
}: {
  title: string;
  /** The one number that it comes down to. */
  figure: string;
  /** What the picture says, in a sentence; read out in its place. */
  summary: string;
  points: readonly ChartPoint[];
  /** Head of the value column. */
  unit: string;
}) {
  const id = useId();
  return (
    <figure aria-labelledby={id} className="rounded-lg border border-line bg-surface p-4">
      <figcaption id={id} className="text-sm font-medium text-muted">
        {title}
      </figcaption>
      <p aria-hidden="true" className="text-xl font-semibold tabular-nums">
        {figure}
      </p>
      <p className="sr-only">{summary}</p>
      <Bars points={points} />
      <details className="mt-2 text-sm">
        <summary className="inline-flex min-h-6 items-center gap-1 text-muted hover:text-ink">
          <Icon name="chevron" className="turn size-3" />
          As a table<span className="sr-only">: {title}</span>
        </summary>
        <PointTable points={points} unit={unit} />
      </details>
    </figure>
  );
}
