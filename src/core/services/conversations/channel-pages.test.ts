/** Pages of a channel, saved as the engine does, on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import {
  channel,
  chat,
  idsOf,
  key,
  message,
  messages,
  readChannel,
  talkDatabase,
  type TalkMessage,
} from "@test/chat";
import { type ChangedPage, changedPage, leavingPage, shownAgain } from "./channel-pages";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A day's talk begins at nine. */
const at = (day: number, minutes: number) => Date.UTC(2026, 2, day, 9) + minutes * MINUTE_MS;

let database: Awaited<ReturnType<typeof talkDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await talkDatabase();
  ({ db } = database);
  await chat.save(db, [channel("c", { stale: true, newestRead: "1" })]);
});
afterEach(() => database[Symbol.asyncDispose]());

/** Reads a page with these changes and writes it. */
async function read(
  { written = [], gone = [] }: { written?: readonly TalkMessage[]; gone?: readonly TalkMessage[] },
  more: Partial<ChangedPage> = {},
  state: Parameters<typeof readChannel>[1] = {},
): Promise<Page<RenderedArtifact>> {
  const compared = {
    written: new Map(written.map((row) => [row.id, row])),
    deleted: new Set(idsOf(gone)),
    gone: [...gone],
    failures: [],
  };
  const save = () => Promise.resolve();
  const page = await changedPage(readChannel(db, state), compared, {
    cursor: "here",
    completes: false,
    save,
    ...more,
  });
  await page.save?.(db);
  return page;
}

const shown = ({ items }: Page<RenderedArtifact>) =>
  Object.fromEntries(items.map((item) => [item.integrationArtifactId, item.markdown]));
const placed = async () =>
  Object.fromEntries((await messages.rows(db, key)).map(({ id, artifact }) => [id, artifact]));

describe("a page with changes", () => {
  const morning = [message(at(3, 0)), message(at(3, 5))];
  const nextDay = [message(at(4, 0))];
  const [first, second] = [`conv:${at(3, 0)}`, `conv:${at(4, 0)}`];

  test("brings the conversations they lie in, and notes where each message is shown", async () => {
    const page = await read({ written: [...nextDay, ...morning] });
    expect(shown(page)).toEqual({
      [first]: `Note ${at(3, 0)} Note ${at(3, 5)}`,
      [second]: `Note ${at(4, 0)}`,
    });
    expect(await placed()).toEqual({ [at(3, 0)]: first, [at(3, 5)]: first, [at(4, 0)]: second });
  });

  test("says what is no more, and writes the rest of the page after its messages", async () => {
    await read({ written: [...morning, ...nextDay] });
    const seen: string[] = [];
    const page = await read(
      { gone: nextDay },
      {
        removed: ["failed:7"],
        save: async (tx) => {
          seen.push(...idsOf(await messages.rows(tx, key)));
        },
      },
    );
    expect(page.removed).toEqual([
      { key: second, state: "gone" },
      { key: "failed:7", state: "gone" },
    ]);
    expect(seen).toEqual(idsOf(morning));
  });

  test("shows conversations anew that merely refer to what changed", async () => {
    await read({ written: [...morning, ...nextDay] });
    const touched = await read({}, { touches: idsOf(nextDay) });
    expect(shown(touched)).toMatchObject({ [second]: `Note ${at(4, 0)}` });
    expect(shown(await read({}))).toEqual({});
  });

  test("leaves what may begin further down as it is shown, until all of that was read", async () => {
    await read({ written: morning }, {}, { complete: false, provisional: true });
    expect(shown(await read({ gone: morning.slice(1) }, {}, { complete: false }))).toEqual({});
    expect(shown(await read({}, { completes: true }))).toEqual({ [first]: `Note ${at(3, 0)}` });
  });
});

test("a channel is shown again in stretches, then its threads, then it is stale no longer", async () => {
  const long = Array.from({ length: 600 }, (_, index) => message(at(3, 0) + index * 5 * HOUR_MS));
  await read({ written: long });
  async function* threads() {
    yield await Promise.resolve({ items: [], cursor: "a thread" });
  }
  const pages: Page<RenderedArtifact>[] = [];
  for await (const page of shownAgain(readChannel(db), threads())) {
    expect((await chat.channels(db, "a"))[0]?.stale).toBe(true);
    pages.push(page);
    await page.save?.(db);
  }
  expect(pages.map(({ cursor }) => cursor)).toEqual([
    { channel: "c", stale: "0" },
    { channel: "c", stale: String(long[499]?.id) },
    "a thread",
    { channel: "c", stale: "done" },
  ]);
  expect(new Set(pages.flatMap((page) => Object.keys(shown(page)))).size).toBe(600);
  expect((await chat.channels(db, "a"))[0]?.stale).toBe(false);
});

test.each([
  ["refused", "hidden"],
  ["left out", "gone"],
  ["gone", "gone"],
] as const)("a channel that leaves as %p takes what is shown of it along: %p", async (access, state) => {
  await read({ written: [message(at(3, 0))] });
  await messages.save(db, [message(at(3, 1), { inChannel: false, threadArtifact: "thread:1" })]);
  const page = await leavingPage(readChannel(db), access, ["failed:7"]);
  expect(page.removed).toEqual([
    { key: `conv:${at(3, 0)}`, state },
    { key: "thread:1", state },
    { key: "failed:7", state: "gone" },
  ]);
  await page.save?.(db);
  expect(await messages.rows(db, key)).toEqual([]);
  expect((await chat.channels(db, "a")).map((row) => [row.access, row.newestRead])).toEqual(
    access === "gone" ? [] : [[access, null]],
  );
});
