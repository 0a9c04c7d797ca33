/** Which conversations a change in a channel touches, and what they hold afterwards. */
import type { Db } from "@/core/models/database";
import { messagesBetween, type ChannelKey, type MessageRow, saidBeside } from "../db/messages";
import { compareIds } from "../models/snowflake";
import { conversationsOf, type CutRule, verdicts } from "./conversations";

/** What became of messages, before it is written. */
export interface Changes {
  /** New and changed rows by id. */
  written: ReadonlyMap<string, MessageRow>;
  deleted: ReadonlySet<string>;
}

export interface Window {
  rows: MessageRow[];
  /** True for the first of the channel. */
  first: boolean;
  /** False while it may begin further down, where nothing has been read yet. */
  settled: boolean;
}

export interface Touched {
  windows: Window[];
  /** Source ids of artifacts in which the range was shown so far. */
  before: Set<string>;
}

/**
 * Conversations from a little before `from` to a little after `to`, as they are after the changes.
 * @param complete whether the channel has been read down to its beginning.
 */
export async function windowsAround(
  db: Db,
  key: ChannelKey,
  range: { from: string; to: string },
  changes: Changes,
  { rule, complete }: { rule: CutRule; complete: boolean },
): Promise<Touched> {
  for (let reach = 3 * rule.radius + rule.mostMessages; ; reach *= 2) {
    const loaded = await load(db, key, range, changes, reach);
    const ends = { below: loaded.reachedBottom && complete, above: loaded.reachedTop };
    const lines = loaded.rows.map((row) => ({ id: row.id, length: row.content.length, row }));
    const begins = verdicts(lines, rule, ends);
    const low = lines.findIndex(({ id }) => compareIds(id, range.from) >= 0);
    const high = lines.findLastIndex(({ id }) => compareIds(id, range.to) <= 0);
    const start = begins.lastIndexOf(
      "begins",
      Math.max(0, (low === -1 ? lines.length : low) - rule.radius - 1),
    );
    const end = begins.indexOf("begins", high + rule.radius + 1);
    if (start === -1 && !loaded.reachedBottom) continue;
    if (end === -1 && !loaded.reachedTop) continue;
    const [from, to] = [Math.max(0, start), end === -1 ? lines.length : end];
    const rows = new Map(loaded.rows.map((row) => [row.id, row]));
    const windows = conversationsOf(lines.slice(from, to), begins.slice(from, to), rule).map(
      (window, index) => ({
        rows: window.flatMap(({ id }) => rows.get(id) ?? []),
        first: index === 0 && from === 0 && loaded.reachedBottom,
        settled: index > 0 || start !== -1 || complete,
      }),
    );
    const shown = lines.slice(from, to).flatMap(({ id }) => loaded.shownIn.get(id) ?? []);
    return { windows, before: new Set([...shown, ...loaded.deletedFrom]) };
  }
}

interface Loaded {
  /** What people said, by rising id, after the changes. */
  rows: MessageRow[];
  /** Artifacts by message id, before the changes. */
  shownIn: Map<string, string>;
  deletedFrom: string[];
  reachedBottom: boolean;
  reachedTop: boolean;
}

async function load(
  db: Db,
  key: ChannelKey,
  { from, to }: { from: string; to: string },
  { written, deleted }: Changes,
  reach: number,
): Promise<Loaded> {
  const below = await saidBeside(db, key, "below", from, reach);
  const above = await saidBeside(db, key, "above", to, reach);
  const stored = [...below.toReversed(), ...(await messagesBetween(db, key, from, to)), ...above];
  const kept = stored.filter(({ id, said }) => said && !deleted.has(id) && !written.has(id));
  const lowest = below.length < reach ? "0" : (below.at(-1)?.id ?? "0");
  const highest = above.length < reach ? undefined : above.at(-1)?.id;
  const added = [...written.values()].filter(
    ({ id, said }) =>
      said && compareIds(id, lowest) >= 0 && (highest === undefined || compareIds(id, highest) <= 0),
  );
  return {
    rows: [...kept, ...added].toSorted((a, b) => compareIds(a.id, b.id)),
    shownIn: new Map(stored.flatMap(({ id, artifact }) => (artifact === null ? [] : [[id, artifact]]))),
    deletedFrom: stored.flatMap(({ id, artifact }) =>
      deleted.has(id) && artifact !== null ? [artifact] : [],
    ),
    reachedBottom: below.length < reach,
    reachedTop: above.length < reach,
  };
}
