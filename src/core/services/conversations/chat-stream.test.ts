/** The order in which a chat is read, and what is kept of it in the cursor. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncMode } from "@/core/models/sync";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import type { Page } from "@/core/services/sync/stream";
import { channel, chat, message, messages, talkDatabase, type TalkChannel } from "@test/chat";
import { filesContext } from "@test/files";
import type { ArtifactPages } from "./channel-pages";
import { accessAfter, chatStream, type ChatReading } from "./chat-stream";
import { historyPlaceSchema } from "./history-slice";

let database: Awaited<ReturnType<typeof talkDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await talkDatabase();
  ({ db } = database);
  await chat.save(db, [
    channel("c1", { newestRead: "1" }),
    channel("c2", { newestRead: "2" }),
    channel("left", { access: "refused" }),
    channel("closed", { access: "refused" }),
    channel("gone", { access: "gone" }),
  ]);
  await messages.save(db, [
    ...["c1", "c2", "left"].map((channelId) => message(10, { channelId })),
    message(20, { channelId: "c1" }),
  ]);
});
afterEach(() => database[Symbol.asyncDispose]());

async function* two(name: string, { id }: TalkChannel): ArtifactPages {
  for (const at of [1, 2]) yield await Promise.resolve({ items: [], cursor: `${name} ${id} ${at}` });
}

class Closed extends Error {}
class Odd extends Error {}

const reading: ChatReading<TalkChannel, TalkChannel> = {
  tables: chat,
  forget: (tx) => chat.forgetReading(tx, "a"),
  walks: () => (row) => row,
  leaves: ({ access }) => access !== "readable",
  leave: ({ id }, access) => Promise.resolve({ items: [], cursor: `${id} leaves: ${access}` }),
  endOf: ({ id }, error) => {
    if (error instanceof Odd) return { items: [], cursor: `${id} is odd` };
    return error instanceof Closed ? "closed" : accessAfter(error);
  },
  open: (all) => all.filter(({ access }) => access === "readable").toReversed(),
  passes: [(walk) => two("new in", walk), (walk) => two("old in", walk)],
  atOnce: 1,
  showAgain: (_walk, row) => two("names in", row),
};

/** Reads all pages and saves each, as the engine does. */
async function pagesOf(
  chatReading: ChatReading<TalkChannel, TalkChannel>,
  mode: SyncMode,
  runId: string,
  cursor: JsonValue = null,
): Promise<Page<unknown>[]> {
  const context = { ...filesContext({}), account: "a", mode, runId };
  const pages: Page<unknown>[] = [];
  for await (const page of chatStream(context, chatReading).pages({ db, mode, cursor, context })) {
    await page.save?.(db);
    pages.push(page);
  }
  return pages;
}
const placeSchema = z.object({ at: z.string(), history: historyPlaceSchema.nullable() });
const places = (pages: readonly Page<unknown>[]) => pages.map(({ cursor }) => placeSchema.parse(cursor).at);
const marks = async () => (await chat.channels(db, "a")).map(({ newestRead }) => newestRead);

const newOnes = ["new in c2 1", "new in c2 2", "new in c1 1", "new in c1 2"];
const oldOnes = ["old in c2 1", "old in c2 2", "old in c1 1", "old in c1 2"];
const leaving = ["gone leaves: gone", "left leaves: refused"];

test("what is new comes before what is old in all channels, after what leaves and before other names", async () => {
  await chat.change(db, "a", ["c1"], { stale: true });
  const pages = await pagesOf(reading, "incremental", "r1");
  expect(places(pages)).toEqual([...leaving, ...newOnes, ...oldOnes, "names in c1 1", "names in c1 2"]);
  expect(pages.every(({ watermark }) => watermark === undefined)).toBe(true);
});

test("channels are read at once where the source takes it, and each pass still waits for the one before", async () => {
  const found = places(await pagesOf({ ...reading, atOnce: 2 }, "incremental", "r1")).slice(2);
  expect(found.slice(0, 4).toSorted()).toEqual(newOnes.toSorted());
  expect(found.slice(4).toSorted()).toEqual(oldOnes.toSorted());
});

test("a full sync forgets how far channels were read, once", async () => {
  const [begin, ...others] = await pagesOf(reading, "full", "r1");
  expect(begin?.cursor).toEqual({ runId: "r1", rendering: 1, at: "begin", history: null });
  expect(places(others)).toEqual([...leaving, ...newOnes, ...oldOnes]);
  expect((await marks()).every((mark) => mark === null)).toBe(true);
  await chat.change(db, "a", ["c1"], { newestRead: "5" });
  const resumed = await pagesOf(reading, "full", "r1", others[3]?.cursor ?? null);
  expect(places(resumed)[0]).toBe("gone leaves: gone");
  expect(await marks()).toContain("5");
  await pagesOf(reading, "full", "r2", others[3]?.cursor ?? null);
  expect(await marks()).not.toContain("5");
});

test("another look shows every channel again that has messages, once, and asks for nothing more", async () => {
  const shown = { ...reading, passes: [] };
  const first = await pagesOf(shown, "incremental", "r1");
  expect(places(first)).toEqual(leaving);
  await chat.change(db, "a", ["c1", "c2"], { stale: false });
  const renewed = await pagesOf(
    { ...shown, rendering: 2 },
    "incremental",
    "r2",
    first.at(-1)?.cursor ?? null,
  );
  expect(places(renewed)).toEqual([
    "another look",
    ...leaving,
    ...["names in c1 1", "names in c1 2", "names in c2 1", "names in c2 2"],
  ]);
  await chat.change(db, "a", ["c1", "c2"], { stale: false });
  const after = renewed.at(-1)?.cursor ?? null;
  expect(places(await pagesOf({ ...shown, rendering: 2 }, "incremental", "r3", after))).toEqual(leaving);
});

describe("an error that is a channel's own", () => {
  const failing = (error: Error): ChatReading<TalkChannel, TalkChannel> => ({
    ...reading,
    passes: reading.passes.map(
      (read) =>
        async function* (walk) {
          yield* read(walk);
          if (walk.id === "c2") throw error;
        },
    ),
  });

  test.each([
    ["c2 leaves: closed", () => new Closed()],
    ["c2 is odd", () => new Odd()],
    ["c2 leaves: refused", () => new ForbiddenError("No.", { status: 403, detail: "" })],
    ["c2 leaves: gone", () => new MissingError("Gone.", { status: 404, detail: "" })],
  ])("ends it for this sync, and the others are read: %p", async (last, error) => {
    const found = places(await pagesOf(failing(error()), "incremental", "r1")).slice(2);
    expect(found).toEqual([...newOnes.slice(0, 2), last, ...newOnes.slice(2), ...oldOnes.slice(2)]);
  });

  test("is told from one that ends the sync", async () => {
    await expect(pagesOf(failing(new Error("All is down.")), "incremental", "r1")).rejects.toThrow(
      "All is down.",
    );
  });
});

describe("a slice of history", () => {
  const sliced: ChatReading<TalkChannel, TalkChannel> = {
    ...reading,
    passes: [],
    slice: {
      pageSize: 1,
      isComplete: ({ access }) => access === "readable",
      readAgain: async function* ({ id }, place) {
        place.left--;
        place.after = "20";
        yield await Promise.resolve({ items: [], cursor: `again in ${id}` });
      },
    },
  };

  test("is read once a day by incremental syncs, which go on where it stood", async () => {
    const pages = await pagesOf(sliced, "incremental", "r1");
    expect(places(pages).slice(2)).toEqual(["again in c1", "again in c2", "once round"]);
    const cursor = (at: number) => pages.at(at)?.cursor ?? null;
    expect(placeSchema.parse(cursor(2)).history).toMatchObject({ channel: "c1", after: "20", left: 9 });
    expect(places(await pagesOf(sliced, "incremental", "r2", cursor(3))).slice(2)).toEqual([
      "again in c2",
      "again in c1",
      "once round",
    ]);
    expect(places(await pagesOf(sliced, "incremental", "r2", cursor(-1)))).toEqual(leaving);
  });

  test("is read with everything else by a full sync", async () => {
    const pages = await pagesOf(sliced, "full", "r1");
    expect(places(pages).slice(1)).toEqual(leaving);
    const watermark = pages.at(-1)?.watermark ?? null;
    expect(watermark).toMatchObject({ runId: "r1", history: { left: 0 } });
    expect(places(await pagesOf(sliced, "incremental", "r2", watermark))).toEqual(leaving);
  });
});
