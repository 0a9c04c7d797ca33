import { Link, sourcePath } from "@/client/router";
import { byNeed, nextSync, sourceStatus } from "@/client/sources/source-view";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { Section } from "@/client/ui/section";
import { TimeAgo, TimeAhead } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import type { Schedule } from "@/core/models/schedule";

const number = new Intl.NumberFormat("en");

const columns = [
  { text: "Source" },
  { text: "State" },
  { text: "Last sync", from: "sm" },
  { text: "Next", from: "sm" },
  { text: "Artifacts", from: "sm", end: true },
] as const;

function LastSync({ source: { lastSyncedAt } }: { source: Source }) {
  return lastSyncedAt === null ? "Never" : <TimeAgo iso={lastSyncedAt} />;
}

/** How fresh each connected source is: those that need somebody first, then the longest unsynced. */
export function Freshness({
  sources,
  schedules,
}: {
  sources: readonly Source[];
  schedules: readonly Schedule[];
}) {
  return (
    <Section title="Freshness">
      <DataTable
        caption="Connected sources: those that need somebody first, then the longest unsynced"
        columns={columns}
      >
        {byNeed(sources).map((source) => {
          const status = sourceStatus(source);
          const next = nextSync(schedules, source.integration);
          return (
            <tr key={source.integration} className="row">
              <th scope="row" className="cell font-medium">
                <Link className="hover:underline" href={sourcePath(source.integration)}>
                  {source.integration}
                </Link>
                <span className="block text-sm font-normal text-muted sm:hidden">
                  <LastSync source={source} />
                </span>
              </th>
              <td className="cell">
                <Pill tone={status.tone} icon={status.icon}>
                  {status.text}
                </Pill>
              </td>
              <td className="cell hidden text-muted sm:table-cell">
                <LastSync source={source} />
              </td>
              <td className="cell hidden text-muted sm:table-cell">
                {next === undefined ? "When asked" : <TimeAhead iso={next} />}
              </td>
              <td className="cell hidden text-end tabular-nums sm:table-cell">
                {number.format(source.artifacts)}
              </td>
            </tr>
          );
        })}
      </DataTable>
    </Section>
  );
}
