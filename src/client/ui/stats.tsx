import type { ReactNode } from "react";

const number = new Intl.NumberFormat("en");

export interface Stat {
  name: string;
  value: number | string;
  /** Below the value, small. */
  note?: ReactNode;
  tone?: "bad" | "warn" | undefined;
}

const tones = { bad: "text-bad", warn: "text-warn" } as const;

/** Numbers side by side in one box, each with its name. */
export function Stats({ label, stats }: { label: string; stats: readonly Stat[] }) {
  return (
    <dl aria-label={label} className="stats">
      {stats.map(({ name, value, note, tone }) => (
        <div key={name} className="bg-surface px-4 py-3">
          <dt className="text-xs font-medium text-muted">{name}</dt>
          <dd className={`text-xl font-semibold tabular-nums ${tone === undefined ? "" : tones[tone]}`}>
            {typeof value === "number" ? number.format(value) : value}
          </dd>
          {note === undefined ? null : <dd className="text-xs text-muted">{note}</dd>}
        </div>
      ))}
    </dl>
  );
}
