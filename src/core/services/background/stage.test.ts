import { describe, expect, test } from "bun:test";
import { hostname } from "node:os";
import { and, asc, eq, gt, isNull, notInArray } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import { ItemError, RateLimitedError, TransientError } from "@/core/models/errors";
import { temporaryDatabase } from "@test/database";
import { keepingLogger } from "@test/provider";
import { artifactRow } from "@test/search";
import { createBackgroundStage } from "./stage";
import type { StageOptions } from "./stage-types";

/** A stage that gives artifacts an author: what waits has none. `answer` may throw, as a provider would. */
function authors(
  db: Db,
  answer: (id: string) => Promise<void> | void = () => undefined,
  options: Partial<StageOptions<string>> = {},
) {
  const asked: string[] = [];
  const log = keepingLogger();
  const stage = createBackgroundStage<string>({
    db,
    log,
    name: "authors",
    worker: "finder-1",
    waiting: async (after = "", without) => {
      const open = and(isNull(mdArtifacts.author), gt(mdArtifacts.id, after));
      const wanted =
        without.length === 0 ? open : and(open, notInArray(mdArtifacts.integration, [...without]));
      const rows = await db
        .select({ id: mdArtifacts.id })
        .from(mdArtifacts)
        .where(wanted)
        .orderBy(asc(mdArtifacts.id))
        .limit(3);
      return rows.map(({ id }) => id);
    },
    tasksFor: async (ids) =>
      ids.map((id) => ({
        id,
        integration: id.split("-")[0] ?? "",
        version: "1",
        run: async () => {
          asked.push(id);
          await answer(id);
          await db.update(mdArtifacts).set({ author: "Anna Berg" }).where(eq(mdArtifacts.id, id));
          return true;
        },
      })),
    ...options,
  });
  return { stage, asked, log };
}

async function withArtifacts(...ids: string[]) {
  const database = await temporaryDatabase();
  const rows = ids.map((id) => artifactRow(id, "Text.", { integration: id.split("-")[0] ?? "" }));
  await database.db.insert(mdArtifacts).values(rows);
  return database;
}

const fives = (integration: string) => [1, 2, 3, 4, 5].map((n) => `${integration}-${n}`);

describe("a background stage", () => {
  test("works in one process at a time", async () => {
    await using database = await withArtifacts(...fives("notes"));
    const reached = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const one = authors(database.db, () => {
      reached.resolve();
      return goOn.promise;
    });
    const other = authors(database.db, undefined, { owner: `${hostname()}:${process.ppid}:other` });
    const draining = one.stage.drain();
    await reached.promise;
    expect(await other.stage.drain()).toMatchObject({ done: 0, pausedUntil: undefined });
    goOn.resolve();
    expect(await draining).toMatchObject({ done: 5 });
    expect(other.asked).toEqual([]);
  });

  test("does all that waits, tells what changed, and has nothing to do then", async () => {
    await using database = await withArtifacts(...fives("notes"), ...fives("chats"));
    const told: string[] = [];
    const { stage, asked } = authors(database.db, undefined, { onChanged: (name) => void told.push(name) });
    expect(await stage.drain()).toMatchObject({ done: 10, declined: 0, pausedUntil: undefined });
    expect(new Set(told)).toEqual(new Set(["notes", "chats"]));
    expect(await stage.drain()).toMatchObject({ done: 0 });
    expect(asked).toHaveLength(10);
  });

  test("waits as long as it was told to, also when what was begun beside it ends well afterwards", async () => {
    await using database = await withArtifacts(...fives("notes"));
    const now = () => 1_800_000_000_000;
    const retryAt = new Date(now() + 300_000);
    const paused = async () => {
      const [row] = await database.db.raw.all("SELECT value FROM setting WHERE key = 'authors.pause'");
      return row !== undefined;
    };
    const answer = async (id: string) => {
      if (id === "notes-1") throw new RateLimitedError("Too many.", retryAt);
      while (!(await paused())) await Bun.sleep(1);
    };
    expect((await authors(database.db, answer, { now }).stage.drain()).pausedUntil).toEqual(retryAt);
    // As after a restart.
    const { stage, asked } = authors(database.db, undefined, { now });
    expect((await stage.drain()).pausedUntil).toEqual(retryAt);
    expect(asked).toEqual([]);
  });

  test("waits through an outage, longer each time, over restarts, and catches up afterwards", async () => {
    await using database = await withArtifacts(...fives("notes"));
    let at = 1_800_000_000_000;
    const now = () => at;
    const down = () => {
      throw new TransientError("The provider is down.");
    };
    for (const minutes of [1, 2, 4]) {
      const { stage, asked } = authors(database.db, down, { now, concurrency: 1 });
      expect((await stage.drain()).pausedUntil).toEqual(new Date(at + minutes * 60_000));
      expect((await stage.drain()).pausedUntil).toEqual(new Date(at + minutes * 60_000));
      expect(asked).toEqual(["notes-1"]);
      at += minutes * 60_000 + 1;
    }
    expect(await authors(database.db, undefined, { now }).stage.drain()).toMatchObject({ done: 5 });
  });

  test("waits at least as long as a provider says", async () => {
    await using database = await withArtifacts("notes-1");
    const until = new Date(Date.now() + 3 * 3_600_000);
    const { stage } = authors(database.db, () => {
      throw new RateLimitedError("Slow down.", until);
    });
    expect((await stage.drain()).pausedUntil).toEqual(until);
  });

  test("gives up what cannot be done for this version and worker alone, and does the rest", async () => {
    await using database = await withArtifacts(...fives("notes"));
    const refuse = (id: string) => {
      if (id === "notes-2") throw new ItemError("There is nobody in it.");
    };
    expect(await authors(database.db, refuse).stage.drain()).toMatchObject({ done: 4, declined: 1 });
    const again = authors(database.db);
    await again.stage.drain();
    expect(again.asked).toEqual([]);
    const other = authors(database.db, undefined, { worker: "finder-2" });
    expect(await other.stage.drain()).toMatchObject({ done: 1 });
  });

  test("gives nothing up for a worker that refused everything for a while", async () => {
    await using database = await withArtifacts(...fives("notes"), ...fives("chats"));
    const refuse = () => {
      throw new ItemError("API key not valid.");
    };
    expect(await authors(database.db, refuse).stage.drain()).toMatchObject({ done: 0, declined: 0 });
    expect(await authors(database.db).stage.drain()).toMatchObject({ done: 10 });
  });

  test("takes a worker that refuses everything for broken", async () => {
    await using database = await withArtifacts(...fives("notes"), ...fives("chats"));
    const { stage, asked } = authors(
      database.db,
      () => {
        throw new ItemError("I do not understand.");
      },
      { concurrency: 1 },
    );
    const outcome = await stage.drain();
    expect(outcome.pausedUntil).toBeInstanceOf(Date);
    expect(asked).toHaveLength(5);
  });

  test("keeps to its budget an integration; the others go on", async () => {
    await using database = await withArtifacts(...fives("notes"), ...fives("chats").slice(0, 2));
    const { stage } = authors(database.db, undefined, { budget: { perHour: 3, perDay: 10 } });
    expect(await stage.drain()).toMatchObject({ done: 5, overBudget: ["notes"] });
  });

  test("stops in the middle when it is asked to, and goes on when it is started again", async () => {
    await using database = await withArtifacts(...fives("notes"));
    const reached = Promise.withResolvers<void>();
    const { stage } = authors(database.db, () => reached.resolve(), { concurrency: 1 });
    stage.start();
    await reached.promise;
    await stage.stop();
    const { stage: next } = authors(database.db);
    await next.drain();
    expect(await database.db.$count(mdArtifacts, isNull(mdArtifacts.author))).toBe(0);
  });

  test("survives what nobody foresaw and says so", async () => {
    await using database = await withArtifacts("notes-1");
    const broken = Promise.withResolvers<void>();
    const { stage, log } = authors(database.db, () => {
      broken.resolve();
      throw new TypeError("undefined is no author");
    });
    stage.start();
    await broken.promise;
    while (log.lines.length === 0) await new Promise(setImmediate);
    await stage.stop();
    expect(log.lines[0]?.fields?.["error"]).toBe("undefined is no author");
  });
});

test("what is over budget is read no further, and looked for again with the next hour", async () => {
  await using database = await withArtifacts("notes-1");
  const ids = [...Array.from({ length: 40 }, (_, n) => `notes-${10 + n}`), "talks-1"];
  let time = Date.parse("2026-03-01T10:15:00Z");
  const [looks, read]: [string[][], string[]] = [[], []];
  const { stage } = authors(database.db, undefined, {
    budget: { perHour: 2, perDay: 100 },
    now: () => time,
    waiting: async (after = "", without) => {
      looks.push([...without]);
      return ids.filter((id) => id > after && !without.some((name) => id.startsWith(name)));
    },
    tasksFor: async (some) => {
      read.push(...some);
      return some.map((id) => ({
        id,
        integration: id.split("-")[0] ?? "",
        version: "1",
        run: async () => true,
      }));
    },
  });
  expect(await stage.drain()).toMatchObject({ done: 3, overBudget: ["notes"] });
  expect(read).toEqual(["notes-10", "notes-11", "notes-12", "notes-13", "talks-1"]);
  expect(looks).toEqual([[], ["notes"], ["notes"]]);
  time += 60_000;
  await stage.drain();
  expect(looks.slice(3)).toEqual([["notes"], ["notes"]]);
  time += 3_600_000;
  await stage.drain();
  expect(looks[5]).toEqual([]);
});
