import { Icon } from "@/client/ui/icons";
import type { Source } from "@/core/models/api";
import { sourceStatus } from "./source-view";

/** Connected sources by how they stand: one press shows only those, another shows all again. */
export function StatusFilter({
  sources,
  chosen,
  choose,
}: {
  sources: readonly Source[];
  chosen: Source["status"] | undefined;
  choose: (status: Source["status"] | undefined) => void;
}) {
  const groups = [...Map.groupBy(sources, (source) => source.status)];
  if (groups.length < 2) return null;
  return (
    <ul aria-label="Show only" className="flex flex-wrap gap-1.5">
      {groups.map(([status, members]) => {
        const { text, icon } = sourceStatus({ status });
        const on = chosen === status;
        return (
          <li key={status}>
            <button
              type="button"
              className="chip"
              aria-pressed={on}
              onClick={() => choose(on ? undefined : status)}
            >
              <Icon name={on ? "close" : icon} className="size-3" />
              {text} <span className="tabular-nums">{members.length}</span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
