import { navigate } from "@/client/router";
import { Icon, type IconName } from "@/client/ui/icons";
import type { Source } from "@/core/models/api";
import { sizeOf, type Size, type SourceFilters, sourcesPath } from "./source-filters";
import { sourceStatus } from "./source-view";

const sizeWords: Record<Size, string> = { none: "Empty", some: "Below 1,000", many: "1,000 and more" };

interface Chip {
  key: string;
  text: string;
  icon: IconName;
  amount: number;
  on: boolean;
  /** The filters after a press: a chip that is on is taken off. */
  next: SourceFilters;
}

function chipsOf(sources: readonly Source[], filters: SourceFilters): Chip[] {
  const byStatus = Map.groupBy(sources, ({ status }) => status);
  const bySize = Map.groupBy(sources, sizeOf);
  const ofStatus = [...byStatus].map(([status, { length: amount }]) => {
    const on = filters.status === status;
    const next = { ...filters, status: on ? undefined : status };
    return { key: status, ...sourceStatus({ status }), amount, on, next };
  });
  const ofSize = [...bySize].map(([size, { length: amount }]): Chip => {
    const on = filters.size === size;
    const next = { ...filters, size: on ? undefined : size };
    return { key: size, text: sizeWords[size], icon: "file", amount, on, next };
  });
  // One group alone narrows nothing; one that is chosen has to stay, to be taken off.
  return [
    ...(ofStatus.length > 1 || filters.status !== undefined ? ofStatus : []),
    ...(ofSize.length > 1 || filters.size !== undefined ? ofSize : []),
  ];
}

/** Connected sources by how they stand and how much they hold: one press shows only those, another all again. */
export function SourceFilter({ sources, filters }: { sources: readonly Source[]; filters: SourceFilters }) {
  return (
    <ul aria-label="Show only" className="flex flex-wrap gap-1.5">
      {chipsOf(sources, filters).map(({ key, text, icon, amount, on, next }) => (
        <li key={key}>
          <button
            type="button"
            className="chip"
            aria-pressed={on}
            onClick={() => navigate(sourcesPath(next), "replace")}
          >
            <Icon name={on ? "close" : icon} className="size-3" />
            {text} <span className="tabular-nums">{amount}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
