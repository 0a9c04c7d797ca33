import { Link } from "@/client/router";
import { Section } from "@/client/ui/section";
import type { Overview } from "@/core/models/overview";

const number = new Intl.NumberFormat("en");

/** Names that most artifacts mention, each with its share as a bar; one leads to the search for it. */
export function Entities({ entities }: { entities: Overview["entities"] }) {
  if (entities.length === 0) return null;
  const most = Math.max(...entities.map((one) => one.count));
  return (
    <Section title="Most mentioned" lead="Names over all sources, and how many artifacts mention them">
      <ol className="gap-x-8 sm:columns-2 lg:columns-3">
        {entities.slice(0, 24).map(({ entity, count, integrations }) => (
          <li key={entity} className="break-inside-avoid py-0.5">
            <Link
              title={integrations.join(", ")}
              className="flex min-h-6 items-baseline justify-between gap-3 text-sm hover:underline"
              href={`/search?q=${encodeURIComponent(entity)}`}
            >
              <span dir="auto" className="truncate">
                {entity}
              </span>
              <span className="shrink-0 text-muted tabular-nums">{number.format(count)}</span>
            </Link>
            <svg
              aria-hidden="true"
              className="block h-1 w-full"
              viewBox="0 0 100 2"
              preserveAspectRatio="none"
            >
              <rect width={(count / most) * 100} height="2" className="fill-accent" />
            </svg>
          </li>
        ))}
      </ol>
    </Section>
  );
}
