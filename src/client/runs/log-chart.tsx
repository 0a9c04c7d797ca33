import { clockTime } from "@/client/ui/dates";
import { type Range, RangePicker } from "@/client/ui/range-picker";
import type { LogLine } from "@/core/models/system";
import { type Bin, histogram, type Span } from "./log-histogram";

const bins = 60;
const height = 24;

/** One part of the time: errors stand on the base line, then warnings, then the rest. */
function Stack({ bin, most, x, width }: { bin: Bin; most: number; x: number; width: number }) {
  const parts = [
    ["error", "fill-bad"],
    ["warn", "fill-warn"],
    ["calm", "fill-edge"],
  ] as const;
  let top = height;
  return parts.map(([kind, fill]) => {
    const tall = (bin[kind] / most) * height;
    top -= tall;
    return tall === 0 ? null : <rect key={kind} x={x} width={width} y={top} height={tall} className={fill} />;
  });
}

/** When lines were written, and a part of that time to look at. */
export function LogChart({
  lines,
  span,
  range,
  change,
}: {
  lines: readonly LogLine[];
  span: Span;
  range: Range;
  change: (next: Range) => void;
}) {
  const counted = histogram(lines, span, bins);
  const most = Math.max(1, ...counted.map(({ calm, warn, error }) => calm + warn + error));
  const width = 100 / bins;
  const say = (place: number) =>
    clockTime(new Date(span.from + ((span.to - span.from) * place) / 100).toISOString());
  return (
    <div className="mb-3 rounded-lg border border-line bg-surface py-2">
      <RangePicker label="Time of the lines" value={range} change={change} say={say}>
        <svg
          aria-hidden="true"
          className="block h-10 w-full"
          viewBox={`0 0 100 ${height}`}
          preserveAspectRatio="none"
        >
          {counted.map((bin, place) => (
            // A part of the time has nothing else to be told by.
            // oxlint-disable-next-line react/no-array-index-key
            <Stack key={place} bin={bin} most={most} x={(place + 0.1) * width} width={width * 0.8} />
          ))}
        </svg>
      </RangePicker>
    </div>
  );
}
