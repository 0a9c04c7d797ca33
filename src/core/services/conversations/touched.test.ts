import { describe, expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { channelRule, conversationsOf, type CutRule, lotOf, verdicts } from "./cut";
import { touchedConversations } from "./touched";
import type { MessageStore, StoredMessage } from "./windows";

interface Said extends StoredMessage {
  at: number;
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
const line = ({ id, at }: Said) => ({ id, at, lot: lotOf(id), length: 40 });

/** A channel held in memory: what is stored of it, and the artifacts that are served. */
class Channel {
  readonly rows = new Map<string, Said>();
  readonly served = new Map<string, string>();
  complete = false;
  begun = false;

  constructor(private readonly rule: CutRule = channelRule) {}

  /** Writes what a page says, as a source does: conversations, places of messages, removals. */
  async apply(
    written: readonly Said[],
    deleted: readonly string[] = [],
    completes = false,
  ): Promise<string[]> {
    const changed = [...written.map(({ id }) => id), ...deleted].toSorted(compare);
    const [from, to] = [changed[0], changed.at(-1)];
    const ranges = from === undefined || to === undefined ? [] : [{ from, to }];
    // As sources do on the page that completes a channel.
    if (completes) ranges.push({ from: "0", to: "0" });
    const { items, placed, removed } = await touchedConversations(
      {
        store: this.store,
        rule: this.rule,
        complete: this.complete,
        provisional: !this.begun,
        keyOf: ({ rows }) => `conv:${rows[0]?.id ?? ""}`,
        render: (key, { rows }) => ({
          integrationArtifactId: key,
          kind: "conversation",
          title: "",
          markdown: rows.map(({ id }) => id).join(" "),
        }),
      },
      ranges,
      { written: new Map(written.map((row) => [row.id, row])), deleted: new Set(deleted) },
    );
    this.begun = true;
    for (const id of deleted) this.rows.delete(id);
    for (const row of written) this.rows.set(row.id, row);
    for (const { integrationArtifactId: key, markdown } of items) this.served.set(key, markdown);
    for (const [artifact, ids] of placed)
      for (const id of ids) Object.assign(this.rows.get(id) ?? {}, { artifact });
    for (const key of removed) this.served.delete(key);
    return items.map(({ integrationArtifactId }) => integrationArtifactId);
  }

  /** Reads everything again, from the newest down, as a full sync does: what differs from what is stored is written. */
  async reread(rows: readonly Said[], page: number, until = 0): Promise<void> {
    [this.complete, this.begun] = [false, false];
    for (let end = rows.length, to = "9"; end > until;) {
      const from = Math.max(0, end - page);
      const lowest = from === 0 ? "0" : (rows[from]?.id ?? "0");
      const stored = this.sorted().filter(({ id }) => id >= lowest && id < to);
      const now = rows.slice(from, end);
      const written = now.filter(({ id }) => !this.rows.has(id));
      const deleted = stored.filter(({ id }) => !now.some((row) => row.id === id)).map(({ id }) => id);
      this.complete = from === 0;
      await this.apply(written, deleted, this.complete);
      [end, to] = [from, lowest];
    }
  }

  /** Messages that are said to be shown in an artifact that does not show them. */
  astray(): string[] {
    return this.sorted().flatMap(({ id, artifact }) =>
      artifact === null || (this.served.get(artifact) ?? "").split(" ").includes(id)
        ? []
        : [`${id} in ${artifact}`],
    );
  }

  private readonly store: MessageStore<Said> = {
    compare,
    line,
    between: (from, to) => Promise.resolve(this.sorted().filter(({ id }) => id >= from && id <= to)),
    beside: (side, id, limit) => {
      const said = this.sorted().filter((row) => row.said && (side === "below" ? row.id < id : row.id > id));
      return Promise.resolve((side === "below" ? said.toReversed() : said).slice(0, limit));
    },
  };

  private sorted(): Said[] {
    return [...this.rows.values()].toSorted((a, b) => compare(a.id, b.id));
  }
}

/** Talk with pauses of minutes, rarely of hours, and a notice now and then. */
function talk(seed: number, count: number): Said[] {
  const random = createRandom(seed);
  let at = Date.UTC(2025, 0, 1);
  return Array.from({ length: count }, () => {
    at += 1_000 + Math.floor(random.next() ** 6 * 8 * 3_600_000);
    return { id: String(at), at, said: random.below(10) > 0, artifact: null };
  });
}

/** Talk that never pauses for long. */
function evenTalk(random: ReturnType<typeof createRandom>, count: number): Said[] {
  let at = Date.UTC(2025, 0, 1);
  return Array.from({ length: count }, () => {
    at += 1_000 + random.below(3_600_000);
    return { id: String(at), at, said: true, artifact: null };
  });
}

/** What the rule says of all messages together. */
function whole(rows: readonly Said[], rule = channelRule): Map<string, string> {
  const lines = rows.filter(({ said }) => said).map(line);
  const cut = conversationsOf(lines, verdicts(lines, rule, { below: true, above: true }), rule);
  return new Map(cut.map((part) => [`conv:${part[0]?.id ?? ""}`, part.map(({ id }) => id).join(" ")]));
}

describe("conversations that are read page by page", () => {
  test.each([1, 2, 3])(
    "from the newest down, are in the end those of the whole channel (%i)",
    async (seed) => {
      const rows = talk(seed, 900);
      const channel = new Channel();
      for (let end = rows.length; end > 0; end -= 70) {
        channel.complete = end <= 70;
        await channel.apply(rows.slice(Math.max(0, end - 70), end));
        const expected = whole(rows);
        // What is served on the way is never a piece of a conversation that is served already, but for the oldest one.
        const odd = [...channel.served.keys()].filter((key) => !expected.has(key));
        expect(odd.length).toBeLessThanOrEqual(1);
      }
      expect(channel.served).toEqual(whole(rows));
    },
  );

  // Every place of a page's edge against the cuts: with so small a rule each is met within a few seeds.
  const short: CutRule = { ...channelRule, radius: 3, mostMessages: 25 };
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);

  test.each(seeds)("from the newest down, leave no message behind on the way (%i)", async (seed) => {
    const random = createRandom(seed);
    const rows = evenTalk(random, 120);
    const channel = new Channel(short);
    for (let end = rows.length; end > 0;) {
      const from = Math.max(0, end - 1 - random.below(25));
      channel.complete = from === 0;
      await channel.apply(rows.slice(from, end));
      expect(channel.astray()).toEqual([]);
      end = from;
    }
    expect(channel.served).toEqual(whole(rows, short));
  });

  test.each(seeds)("follow messages that come in between and go again (%i)", async (seed) => {
    const random = createRandom(seed);
    const rows = evenTalk(random, 120);
    const late = new Set(rows.filter(() => random.below(4) === 0));
    const channel = new Channel(short);
    channel.complete = true;
    await channel.apply(rows.filter((row) => !late.has(row)));
    for (const row of late) {
      await channel.apply([row]);
      expect(channel.astray()).toEqual([]);
    }
    expect(channel.served).toEqual(whole(rows, short));
    for (const { id } of late) await channel.apply([], [id]);
    expect(channel.astray()).toEqual([]);
    expect(channel.served).toEqual(
      whole(
        rows.filter((row) => !late.has(row)),
        short,
      ),
    );
  });

  test.each(seeds)("are the same when all is read again after changes (%i)", async (seed) => {
    const random = createRandom(seed);
    const all = evenTalk(random, 150);
    let rows = all.filter(() => random.below(4) > 0);
    const channel = new Channel(short);
    await channel.reread(rows, 7);
    expect(channel.served).toEqual(whole(rows, short));
    for (let round = 0; round < 8; round++) {
      rows = all.filter((row) => rows.includes(row) !== (random.below(12) === 0));
      const page = 1 + random.below(12);
      if (random.below(2) === 0) await channel.reread(rows, page, random.below(rows.length));
      await channel.reread(rows, page);
      expect(channel.served).toEqual(whole(rows, short));
      expect(channel.astray()).toEqual([]);
    }
  });

  test("follow changes anywhere, and render only what lies around them", async () => {
    const rows = talk(7, 900);
    const channel = new Channel();
    channel.complete = true;
    await channel.apply(rows);
    const random = createRandom(8);
    for (let round = 0; round < 20; round++) {
      const [gone] = rows.splice(random.below(rows.length), 1);
      const rendered = await channel.apply([], gone === undefined ? [] : [gone.id]);
      expect(rendered.length).toBeLessThan(channel.served.size / 2);
      expect(channel.served).toEqual(whole(rows));
    }
    const more = talk(9, 60).map((row) => ({ ...row, at: row.at + 1e11, id: String(row.at + 1e11) }));
    await channel.apply(more);
    expect(channel.served).toEqual(whole([...rows, ...more]));
  });
});
