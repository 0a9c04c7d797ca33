import type { DayOfSyncs } from "@/core/db/queries/overview";
import type { OverviewDay } from "@/core/models/overview";
import { DAY_MS } from "@/lib/time";

/**
 * The last `days` days up to `today` (`YYYY-MM-DD`), oldest first, those without a sync filled in. What was served at
 * the end of each is worked out backwards from what is served now, so it never goes below nothing.
 */
export function fillDays(
  rows: readonly DayOfSyncs[],
  { days, today, total }: { days: number; today: string; total: number },
): OverviewDay[] {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const filled: OverviewDay[] = [];
  let left = total;
  for (let back = 0; back < days; back++) {
    const day = new Date(Date.parse(today) - back * DAY_MS).toISOString().slice(0, 10);
    const { inserted = 0, updated = 0, deleted = 0, failed = 0 } = byDay.get(day) ?? {};
    filled.push({ day, inserted, updated, deleted, failed, total: left });
    left = Math.max(0, left - inserted + deleted);
  }
  return filled.toReversed();
}
