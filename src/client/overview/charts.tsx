import { BarChart } from "@/client/ui/bar-chart";
import { dayOf } from "@/client/ui/dates";
import { count } from "@/client/runs/words";
import type { OverviewDay } from "@/core/models/overview";

const number = new Intl.NumberFormat("en");

/** The last 30 days: what was indexed at the end of each, and what syncs changed in it. */
export function Charts({ days }: { days: readonly OverviewDay[] }) {
  const points = (value: (day: OverviewDay) => number) =>
    days.map((day) => ({ label: dayOf(day.day, "UTC"), value: value(day) }));
  const first = days[0]?.total ?? 0;
  const last = days.at(-1)?.total ?? 0;
  const changed = days.reduce((sum, day) => sum + day.inserted + day.updated + day.deleted, 0);
  return (
    <div className="mt-6 grid gap-4 md:grid-cols-2">
      <BarChart
        title="Indexed over 30 days"
        figure={number.format(last)}
        summary={`From ${count(first, "artifact")} to ${count(last, "artifact")} in 30 days.`}
        unit="Artifacts"
        points={points((day) => day.total)}
      />
      <BarChart
        title="Changed by syncs in 30 days"
        figure={number.format(changed)}
        summary={`${count(changed, "artifact was", "artifacts were")} added, updated or removed in 30 days.`}
        unit="New, updated, removed"
        points={points((day) => day.inserted + day.updated + day.deleted)}
      />
    </div>
  );
}
