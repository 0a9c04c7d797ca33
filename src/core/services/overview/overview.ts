import { statSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config } from "@/core/config";
import { countIndex } from "@/core/db/queries/health";
import {
  allSourceContexts,
  countFailures,
  countWaitingForInsights,
  newestFailures,
  runsByState,
  syncsByDay,
} from "@/core/db/queries/overview";
import type { Db } from "@/core/models/database";
import type { Overview } from "@/core/models/overview";
import { DAY_MS } from "@/lib/time";
import { fillDays } from "./days";
import { mergeEntities, mergeKinds } from "./land";
import { spreadFailures } from "./spread-failures";

const DAYS = 30;
const FAILURES = 8;
/** So many are looked at for those: one sync may leave a hundred. */
const FAILURES_READ = 200;

/** Everything the overview page shows, read from rows and the machine. A fixed number of queries. */
export async function readOverview(
  { db, config }: { db: Db; config: Pick<Config, "databasePath"> },
  now: Date = new Date(),
): Promise<Overview> {
  const first = new Date(now.getTime() - (DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  const [index, days, states, insights, failedItems, failures, contexts, bytes] = await Promise.all([
    countIndex(db),
    syncsByDay(db, first),
    runsByState(db),
    countWaitingForInsights(db),
    countFailures(db),
    newestFailures(db, FAILURES_READ),
    allSourceContexts(db),
    sizes(config.databasePath),
  ]);
  return {
    artifacts: index.artifacts,
    waiting: index.waiting,
    passages: index.chunks,
    kinds: mergeKinds(contexts),
    days: fillDays(days, { days: DAYS, today: now.toISOString().slice(0, 10), total: index.artifacts }),
    queue: {
      running: states.get("running") ?? 0,
      queued: states.get("queued") ?? 0,
      parked: states.get("parked") ?? 0,
      interrupted: states.get("interrupted") ?? 0,
      insights,
      failedItems,
    },
    bytes,
    failures: spreadFailures(failures, FAILURES),
    entities: mergeEntities(contexts),
  };
}

async function sizes(databasePath: string): Promise<Overview["bytes"]> {
  const { bavail, bsize } = await statfs(dirname(databasePath));
  const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  return { database: sizeOf(databasePath), log: sizeOf(`${databasePath}-wal`), diskFree: bavail * bsize };
}
