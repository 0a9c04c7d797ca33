/** Which conversations of a channel a change touches, and what they hold afterwards. */
import { conversationsOf, type CutRule, type Line, verdicts } from "./cut";

/** What the core needs to know of a stored message. */
export interface StoredMessage {
  id: string;
  /** False for a service's own notices, which are not shown. */
  said: boolean;
  /** Source id of the artifact it is shown in. */
  artifact: string | null;
}

/** One channel's messages as an integration stored them. */
export interface MessageStore<Row extends StoredMessage> {
  /** The order of two ids, which is the order of their times; "0" is below all. */
  compare: (a: string, b: string) => number;
  line: (row: Row) => Line;
  /** Rows with ids from `from` to `to`, both included, rising. */
  between: (from: string, to: string) => Promise<Row[]>;
  /** At most `limit` rows of what people said below or above an id, nearest first. */
  beside: (side: "below" | "above", id: string, limit: number) => Promise<Row[]>;
}

/** Ids from one to another, both included. */
export interface Range {
  from: string;
  to: string;
}

/** What became of messages, before it is written. */
export interface Changes<Row> {
  /** New and changed rows by id. */
  written: ReadonlyMap<string, Row>;
  deleted: ReadonlySet<string>;
}

export interface Window<Row> {
  rows: Row[];
  /** True for the first of the channel. */
  first: boolean;
  /** False while it may begin further down, where nothing has been read yet. */
  settled: boolean;
}

export interface WindowRule {
  rule: CutRule;
  /** Whether the channel has been read down to its beginning. */
  complete: boolean;
}

export interface Touched<Row> {
  windows: Window<Row>[];
  /** Source ids of artifacts in which the range was shown so far. */
  before: Set<string>;
}

/** Conversations from a little before a range to a little after it, as they are after the changes. */
export async function windowsAround<Row extends StoredMessage>(
  store: MessageStore<Row>,
  range: Range,
  changes: Changes<Row>,
  { rule, complete }: WindowRule,
): Promise<Touched<Row>> {
  for (let reach = 3 * rule.radius + rule.mostMessages; ; reach *= 2) {
    const loaded = await load(store, range, changes, reach);
    const ends = { below: loaded.reachedBottom && complete, above: loaded.reachedTop };
    const lines = loaded.rows.map(store.line);
    const begins = verdicts(lines, rule, ends);
    const low = lines.findIndex(({ id }) => store.compare(id, range.from) >= 0);
    const high = lines.findLastIndex(({ id }) => store.compare(id, range.to) <= 0);
    const start = begins.lastIndexOf(
      "begins",
      Math.max(0, (low === -1 ? lines.length : low) - rule.radius - 1),
    );
    // The silence before the line that follows is a new one as well, and decides as far again.
    const end = begins.indexOf("begins", high + 1 + rule.radius + 1);
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

interface Loaded<Row> {
  /** What people said, by rising id, after the changes. */
  rows: Row[];
  /** Artifacts by message id, before the changes. */
  shownIn: Map<string, string>;
  deletedFrom: string[];
  reachedBottom: boolean;
  reachedTop: boolean;
}

async function load<Row extends StoredMessage>(
  store: MessageStore<Row>,
  { from, to }: Range,
  { written, deleted }: Changes<Row>,
  reach: number,
): Promise<Loaded<Row>> {
  const { compare } = store;
  const below = await store.beside("below", from, reach);
  const above = await store.beside("above", to, reach);
  const stored = [...below.toReversed(), ...(await store.between(from, to)), ...above];
  const kept = stored.filter(({ id, said }) => said && !deleted.has(id) && !written.has(id));
  const lowest = below.length < reach ? "0" : (below.at(-1)?.id ?? "0");
  const highest = above.length < reach ? undefined : above.at(-1)?.id;
  const added = [...written.values()].filter(
    ({ id, said }) =>
      said && compare(id, lowest) >= 0 && (highest === undefined || compare(id, highest) <= 0),
  );
  return {
    rows: [...kept, ...added].toSorted((a, b) => compare(a.id, b.id)),
    shownIn: new Map(stored.flatMap(({ id, artifact }) => (artifact === null ? [] : [[id, artifact]]))),
    deletedFrom: stored.flatMap(({ id, artifact }) =>
      deleted.has(id) && artifact !== null ? [artifact] : [],
    ),
    reachedBottom: below.length < reach,
    reachedTop: above.length < reach,
  };
}
