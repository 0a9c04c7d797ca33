/** A whole chat made of the building blocks, with random talk and changes, stopped after any page. */
import { expect, test } from "bun:test";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncMode } from "@/core/models/sync";
import type { Stream } from "@/core/services/sync/stream";
import { temporaryDatabase } from "@test/database";
import { chat, type DeskApi, deskMessage, messagesStream } from "@test/desk-chat";
import { filesContext } from "@test/files";
import { createRandom, type Random } from "@test/random";

const PAGE = 9;
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 2, 3, 9);

/** One channel at the source, which tells of at most nine messages at once. */
class Desk implements DeskApi {
  readonly said = new Map<string, string>();
  private now = START;
  private count = 0;

  constructor(private readonly random: Random) {}

  post(): void {
    this.now += 1_000 + Math.floor(this.random.next() ** 6 * 12 * HOUR_MS);
    this.said.set(String(this.now), `Note ${++this.count}.`);
  }

  /** Something new, an edit or a deletion, as people make them within days. */
  change(): void {
    const young = [...this.said.keys()].filter((id) => Number(id) > this.now - 48 * HOUR_MS);
    const id = this.random.pick(young);
    const kind = this.random.below(3);
    if (kind === 0 || young.length < 2) this.post();
    else if (kind === 1) this.said.set(id, `Edited ${++this.count}.`);
    else this.said.delete(id);
  }

  messages(_channel: string, below: string) {
    const ids = [...this.said.keys()]
      .filter((id) => id < below)
      .toSorted()
      .toReversed();
    const entries = ids.slice(0, PAGE).map((id) => ({ id, author: "Ann", text: this.said.get(id) ?? "" }));
    return Promise.resolve({ entries, more: ids.length > PAGE });
  }

  has(_channel: string, id: string) {
    return Promise.resolve(this.said.has(id));
  }
}

async function deskDatabase(): Promise<AsyncDisposable & { db: Db }> {
  const database = await temporaryDatabase();
  for (const sql of [
    "CREATE TABLE deskChannel (account, id, name, access, stale, newestRead, readDownTo, PRIMARY KEY (account, id))",
    "CREATE TABLE deskMessage (account, channelId, id, said, artifact, raw, PRIMARY KEY (account, channelId, id))",
  ])
    await database.db.raw.run(sql);
  await chat.save(database.db, [
    {
      ...{ account: "a", id: "c", name: "general", access: "readable", stale: false },
      ...{ newestRead: null, readDownTo: null },
    },
  ]);
  return database;
}

/** What is served of a chat, and how a sync changes it, as the engine does. */
class Served {
  readonly artifacts = new Map<string, string>();
  private cursor: Parameters<Stream<RenderedArtifact>["pages"]>[0]["cursor"] = null;
  private runs = 0;

  constructor(
    private readonly db: Db,
    private readonly desk: Desk,
  ) {}

  /** @returns false where it was stopped after so many pages; the next sync of that mode goes on with it. */
  async sync(mode: SyncMode, stopAfter = Number.POSITIVE_INFINITY): Promise<boolean> {
    const { db, cursor } = this;
    const context = { ...filesContext({}), account: "a", mode, runId: `r${this.runs}` };
    let pages = 0;
    for await (const page of messagesStream(context, this.desk).pages({ db, cursor, mode, context })) {
      for (const { key } of page.removed ?? []) this.artifacts.delete(key);
      for (const { integrationArtifactId, markdown } of page.items)
        this.artifacts.set(integrationArtifactId, markdown);
      await db.transaction(async (tx) => page.save?.(tx));
      this.cursor = page.cursor;
      if (++pages === stopAfter) return false;
    }
    this.runs++;
    return true;
  }
}

test.each(Array.from({ length: 6 }, (_, seed) => seed))(
  "is served as it is, whatever changes and wherever a sync stops (%i)",
  async (seed) => {
    const random = createRandom(seed);
    const desk = new Desk(random);
    for (let count = 30 + random.below(60); count > 0; count--) desk.post();
    await using database = await deskDatabase();
    const { db } = database;
    const served = new Served(db, desk);
    for (let round = 0; round < 3; round++) {
      const mode = random.below(3) === 0 ? "full" : "incremental";
      while (!(await served.sync(mode, 1 + random.below(40)))) if (random.below(2) === 0) desk.change();
      expect(await served.sync("incremental")).toBe(true);
      const rows = await db.select().from(deskMessage);
      expect(new Map(rows.map(({ id, raw }) => [id, raw.text]))).toEqual(desk.said);
      expect(rows.filter(({ artifact }) => !served.artifacts.has(artifact ?? ""))).toEqual([]);
      await using other = await deskDatabase();
      const fresh = new Served(other.db, desk);
      await fresh.sync("full");
      expect(served.artifacts).toEqual(fresh.artifacts);
      for (let count = random.below(20); count > 0; count--) desk.change();
    }
  },
);

test("names that changed are shown everywhere", async () => {
  const desk = new Desk(createRandom(1));
  for (let count = 0; count < 40; count++) desk.post();
  await using database = await deskDatabase();
  const served = new Served(database.db, desk);
  await served.sync("full");
  await chat.change(database.db, "a", ["c"], { name: "lounge", stale: true });
  await served.sync("incremental");
  expect(served.artifacts.size).toBeGreaterThan(1);
  for (const markdown of served.artifacts.values()) expect(markdown).toContain("#lounge");
});
