import { holdersOf } from "@/core/db/queries/shared-artifacts";
import type { StoredItem, StreamKey } from "@/core/db/queries/sync-state";
import type { Db } from "@/core/models/database";
import type { Stream } from "./stream";

/** Of items with one key on a page the newest by its stamp, otherwise the later one. */
export function newestByKey<Item>(stream: Stream<Item>, items: readonly Item[]): Map<string, Item> {
  const newest = new Map<string, Item>();
  for (const item of items) {
    const key = stream.key(item);
    const other = newest.get(key);
    const older =
      other !== undefined && stream.stamp !== undefined && stream.stamp(item) < stream.stamp(other);
    if (!older) newest.set(key, item);
  }
  return newest;
}

/** A listing that lags may bring a version that is older than what is stored of the item: nothing to do then. */
export function isOutdated<Item>(stream: Stream<Item>, item: Item, stored: StoredItem | undefined): boolean {
  if (stream.stamp === undefined || stored === undefined || stored.state !== "live") return false;
  return stored.stamp !== null && stream.stamp(item) < stored.stamp;
}

/** Artifacts, by our id, of which another stream has brought a newer version than the one in hand. */
export async function newerElsewhere(
  tx: Db,
  key: StreamKey,
  stamps: ReadonlyMap<string, string>,
): Promise<Set<string>> {
  const holders = await holdersOf(tx, [...stamps.keys()]);
  return new Set(
    holders
      .filter((row) => row.stream !== key.stream && (row.stamp ?? "") > (stamps.get(row.artifactId) ?? ""))
      .map((row) => row.artifactId),
  );
}
