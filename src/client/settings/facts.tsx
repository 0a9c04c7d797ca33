import type { ReactNode } from "react";

/** Names with their values, a line each. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="table-box divide-y divide-line">
      {facts.map(([name, value]) => (
        <div key={name} className="grid gap-x-4 px-4 py-2.5 sm:grid-cols-[14rem_minmax(0,1fr)]">
          <dt className="text-muted">{name}</dt>
          <dd dir="auto" className="min-w-0">
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}
