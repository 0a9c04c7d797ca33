import { navigate } from "@/client/router";
import { useTyped } from "@/client/search/use-typed";
import { Icon, type IconName } from "@/client/ui/icons";
import { SearchField } from "@/client/ui/search-field";
import type { Source } from "@/core/models/api";
import { sizeOf, type Size, type SourceFilters, sourcesPath } from "./source-filters";
import { statusWords } from "./source-view";

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
    return { key: status, ...statusWords(status), amount, on, next };
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

/** So many are seen at a glance: no field to find one in. */
const few = 6;
const typingPause = 150;

function FindConnected({ filters }: { filters: SourceFilters }) {
  const { text, setText } = useTyped(
    filters.text,
    (typed) => navigate(sourcesPath({ ...filters, text: typed }), "replace"),
    typingPause,
  );
  return (
    <SearchField
      label="Connected source or account contains"
      place="w-full sm:w-56"
      dir="auto"
      maxLength={500}
      placeholder="Source or account…"
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

/**
 * Connected sources by name and account where they are many, by how they stand and by how much they hold: one press shows
 * only those, another all again.
 */
export function SourceFilter({ sources, filters }: { sources: readonly Source[]; filters: SourceFilters }) {
  return (
    <>
      {sources.length > few || filters.text !== "" ? <FindConnected filters={filters} /> : null}
      <ul aria-label="Show only" className="flex flex-wrap items-center gap-1.5">
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
    </>
  );
}
