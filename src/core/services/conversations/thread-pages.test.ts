/** Threads in one table with their channel, saved as the engine does, on a real database. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { idsOf, key, message, messages, readThreads, talkDatabase, type TalkMessage } from "@test/chat";
import { compareMessages } from "./compare";
import { threadPage, threadsShownAgain, threadsTouched } from "./thread-pages";
import { z } from "zod";

const MINUTE_MS = 60_000;
const at = (minutes: number) => String(Date.UTC(2026, 2, 3, 9) + minutes * MINUTE_MS);
const first = at(0);
const begins = message(first, { threadId: first, threadPending: true });
const answer = (minutes: number, more: Partial<TalkMessage> = {}) =>
  message(at(minutes), { threadId: first, inChannel: false, ...more });

let database: Awaited<ReturnType<typeof talkDatabase>>;
let db: Db;
beforeEach(async () => {
  database = await talkDatabase();
  ({ db } = database);
});
afterEach(() => database[Symbol.asyncDispose]());

/** What a page holds against what is stored. */
const compared = (now: readonly TalkMessage[], stored: readonly TalkMessage[]) =>
  compareMessages(
    now.map((row) => ({ id: row.id, entry: row.raw })),
    stored,
    {
      schema: z.string(),
      notice: (id) => ({ key: id, words: id }),
      row: (raw) => ({ ...(now.find((row) => row.raw === raw) ?? begins) }),
    },
  );

/** Reads the thread as it is now, and writes the page. */
async function read(...now: TalkMessage[]) {
  const stored = await messages.thread(db, key, first);
  const seen: number[] = [];
  const page = await threadPage(
    readThreads(db),
    first,
    { compared: compared(now, stored), stored },
    { cursor: "here", save: async (tx) => void seen.push((await messages.rows(tx, key)).length) },
  );
  await page.save?.(db);
  expect(seen).toHaveLength(1);
  return {
    shown: Object.fromEntries(page.items.map((item) => [item.integrationArtifactId, item.markdown])),
    removed: page.removed,
  };
}
const placed = async () =>
  Object.fromEntries((await messages.rows(db, key)).map((row) => [row.id, row.threadArtifact]));

describe("a thread", () => {
  const artifact = `thread:${first}`;
  beforeEach(() => messages.save(db, [begins]));

  test("is one artifact with what it began from, and is not read again unless it is asked for", async () => {
    expect(await messages.pendingThreads(db, key)).toEqual([first]);
    const { shown } = await read(begins, answer(1), answer(900));
    expect(shown).toEqual({ [artifact]: `Note ${first} Note ${at(1)} Note ${at(900)}` });
    expect(await placed()).toEqual({ [first]: artifact, [at(1)]: artifact, [at(900)]: artifact });
    expect(await messages.pendingThreads(db, key)).toEqual([]);
    expect(await messages.readThreads(db, key)).toEqual([first]);
  });

  test("follows edits and deletions of answers; without any it is no thread", async () => {
    await read(begins, answer(1), answer(2));
    expect((await read(begins, answer(1, { raw: "Edited" }))).shown).toEqual({
      [artifact]: `Note ${first} Edited`,
    });
    const { shown, removed } = await read(begins);
    expect([shown, removed]).toEqual([{}, [{ key: artifact, state: "gone" }]]);
    expect(await placed()).toEqual({ [first]: null });
  });

  test("leaves what stands in the channel as well to the channel, and shows it all the same", async () => {
    const toAll = answer(2, { inChannel: true });
    const { shown } = await read(begins, answer(1), toAll);
    expect(shown[artifact]).toContain(`Note ${at(2)}`);
    expect(Object.keys(await placed())).toEqual([first, at(1)]);
    await messages.save(db, [toAll]);
    await read(begins, answer(1), toAll);
    expect((await placed())[at(2)]).toBe(artifact);
    await read(begins, answer(1));
    expect(Object.keys(await placed())).toContain(at(2));
  });

  test("that is very long comes in parts, the later ones by the message that they begin with", async () => {
    const long = Array.from({ length: 650 }, (_, index) => answer(1 + index));
    const { shown } = await read(begins, ...long);
    const [whole, ...parts] = Object.keys(shown);
    expect(whole).toBe(artifact);
    expect(parts).not.toEqual([]);
    for (const part of parts) {
      expect(part).toMatch(new RegExp(`^thread:${first}:\\d+$`));
      expect(shown[part]).toStartWith(`Note ${part.split(":").at(-1)} `);
    }
    expect(Object.values(shown).join(" ").split("Note").length - 1).toBe(651);
  });

  test("is shown again from what is stored, many to a page", async () => {
    await read(begins, answer(1));
    const others = Array.from({ length: 30 }, (_, index) => at(10_000 + 2 * index));
    for (const id of others)
      await messages.save(db, [
        message(id, { threadId: id, threadArtifact: `thread:${id}` }),
        message(Number(id) + 1, { threadId: id, inChannel: false, threadArtifact: `thread:${id}` }),
      ]);
    const pages: string[][] = [];
    for await (const { items } of threadsShownAgain(readThreads(db)))
      pages.push(items.map((item) => item.integrationArtifactId));
    expect(pages.map(({ length }) => length)).toEqual([25, 6]);
    expect(pages.flat().sort()).toEqual([artifact, ...others.map((id) => `thread:${id}`)].sort());
  });
});

describe("changes in a channel", () => {
  const toAll = answer(2, { inChannel: true });
  const artifact = `thread:${first}`;
  beforeEach(async () => {
    await messages.save(db, [begins, toAll]);
    await read(begins, answer(1), toAll);
  });
  const touched = async (...now: TalkMessage[]) => {
    const stored = await messages.store(db, key).between("0", "9");
    return threadsTouched({ db, key, messages }, { compared: compared(now, stored), stored });
  };

  test("end the threads whose first message is gone, or has no answers any more", async () => {
    expect(await touched(begins, toAll)).toEqual({ ended: [], artifacts: [], touched: [] });
    expect(await touched(toAll)).toEqual({ ended: [first], artifacts: [artifact], touched: [] });
    const alone = { ...begins, threadId: null, raw: "Alone now" };
    expect(await touched(alone, toAll)).toMatchObject({ ended: [first], artifacts: [artifact] });
    await messages.endThread(db, key, first);
    expect(await placed()).toEqual({ [first]: null, [at(2)]: null });
  });

  test("name the threads of which an answer to all is changed or gone", async () => {
    expect((await touched(begins, { ...toAll, raw: "Edited" })).touched).toEqual([first]);
    expect((await touched(begins)).touched).toEqual([first]);
    expect(idsOf(await messages.thread(db, key, first))).toEqual([first, at(1), at(2)]);
  });
});
