import { describe, expect, test } from "bun:test";
import { hostname } from "node:os";
import {
  contentEmbedding,
  keyPointsEmbedding,
  mdArtifacts,
  questionsAnsweredEmbedding,
} from "@/core/db/schema";
import type { Db } from "@/core/models/database";
import type { EmbeddingConfig } from "@/core/config";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { readVectorState } from "@/core/services/index/vector-state";
import { noteProblem, vectorVersions, wantVersion } from "@/core/services/index/vector-versions";
import { silentLogger } from "@/core/services/logger";
import { leaseOwner } from "@/core/services/sync/lease";
import { createSearch } from "@/core/services/search/search";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { Embedders } from "./embedders";
import { embedderOpener } from "./open-embedder";
import { VectorBuilder } from "./vector-builder";

type Answer = (texts: string[], call: number) => Response | Promise<Response>;

/** Vectors in OpenAI's shape. */
function gives(vectors: (number | null)[][]): Response {
  const data = vectors.map((embedding, index) => ({ object: "embedding", index, embedding }));
  return Response.json({ object: "list", model: "m", data, usage: { prompt_tokens: 1, total_tokens: 1 } });
}

const good: Answer = (texts) => gives(texts.map((text) => [text.length % 7, 1, 2, 3]));

/** An embedding endpoint on loopback, and a builder that uses it. */
function endpoint(db: Db, answer: Answer, { model = "openai:m", owner = leaseOwner() } = {}) {
  let calls = 0;
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      // The shape is that of the library under test.
      const { input } = (await request.json()) as { input: string[] };
      return answer(input, calls++);
    },
  });
  const config: EmbeddingConfig = {
    model,
    baseUrl: `http://127.0.0.1:${server.port}/v1`,
    apiKey: undefined,
    gatewayKey: undefined,
    modelsFolder: "",
    hubUrl: "",
  };
  const embedders = new Embedders(embedderOpener(config));
  const builder = new VectorBuilder({
    db,
    log: silentLogger,
    embedders,
    model,
    pollMs: 5,
    pauseMs: 5,
    owner,
  });
  return { builder, embedders, calls: () => calls, [Symbol.asyncDispose]: () => server.stop(true) };
}

/** One that runs. */
const anotherProcess = `${hostname()}:${process.ppid}:other`;
const never = new AbortController().signal;
const states = async (db: Db) =>
  Object.fromEntries((await vectorVersions(db)).map(({ model, state }) => [model, state]));
const modelsOf = async (db: Db) =>
  (await db.select().from(contentEmbedding))
    .map(({ model, vector }) => `${model} ${vector.byteLength}`)
    .toSorted();

describe("vectors in the background", () => {
  test("of another model take over as a whole, and the old ones go", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "one"), artifactRow("b", "two")]);
    expect(await states(db)).toEqual({ [inlineEmbedder.id]: "active" });
    await using remote = endpoint(db, good);
    await remote.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect(await modelsOf(db)).toEqual(["openai:m#4 16", "openai:m#4 16"]);
    await storeAndIndex(db, [artifactRow("c", "three")]);
    await remote.builder.pass(never);
    expect(await modelsOf(db)).toHaveLength(3);
  });

  test("go on where a stopped build was: nothing is embedded twice", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const rows = Array.from({ length: 40 }, (_, at) => artifactRow(`a${at}`, `text ${at}`));
    await storeAndIndex(db, rows);
    const seen: string[] = [];
    const abort = new AbortController();
    await using remote = endpoint(db, (texts, call) => {
      if (call === 2) abort.abort();
      else seen.push(...texts);
      return good(texts, call);
    });
    await remote.builder.pass(abort.signal).catch(() => undefined);
    expect(await states(db)).toMatchObject({ [inlineEmbedder.id]: "active", "openai:m#4": "building" });
    await using again = endpoint(db, (texts, call) => {
      seen.push(...texts);
      return good(texts, call);
    });
    await again.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect(seen.filter((text) => text.startsWith("text")).length).toBe(40);
  });

  test("wait while the provider is down: artifacts are stored, words find them, and vectors catch up", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    let isDown = true;
    await using remote = endpoint(db, (texts, call) =>
      isDown ? new Response("no", { status: 400 }) : good(texts, call),
    );
    await expect(remote.builder.pass(never)).rejects.toThrow("refuses");
    await remote.builder.pass(never).catch(() => undefined);
    await storeAndIndex(db, [artifactRow("a", "signing keys")]);
    const search = createSearch({ db, registry: registryOf("notes") });
    expect((await search({ query: "keys" })).results).toHaveLength(1);
    isDown = false;
    await remote.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect(await modelsOf(db)).toEqual(["openai:m#4 16"]);
  });

  for (const [what, wrong] of [
    ["of a wrong dimension", (texts: string[]) => gives(texts.map(() => [1, 2, 3]))],
    ["that are no numbers", (texts: string[]) => gives(texts.map(() => [0, 0, 0, 0]))],
    ["fewer than texts", (texts: string[]) => gives(texts.slice(1).map(() => [1, 2, 3, 4]))],
  ] as const) {
    test(`${what} are refused and asked for again, and the index in use stays`, async () => {
      await using database = await temporaryDatabase();
      const { db } = database;
      await storeAndIndex(db, [artifactRow("a", "one"), artifactRow("b", "two")]);
      let isWrong = true;
      await using remote = endpoint(db, (texts, call) =>
        call > 0 && isWrong ? wrong(texts) : good(texts, call),
      );
      await remote.builder.pass(never).catch(() => undefined);
      expect(await states(db)).toMatchObject({ [inlineEmbedder.id]: "active", "openai:m#4": "building" });
      expect((await modelsOf(db)).filter((row) => row.startsWith("openai"))).toEqual([]);
      isWrong = false;
      await remote.builder.pass(never);
      expect(await modelsOf(db)).toEqual(["openai:m#4 16", "openai:m#4 16"]);
    });
  }

  test("leave an artifact that the model refuses to words, and give the others theirs", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [
      artifactRow("a", "one"),
      artifactRow("bad", "poison"),
      artifactRow("c", "three"),
    ]);
    await using remote = endpoint(db, (texts, call) =>
      texts.includes("poison") ? new Response("no", { status: 400 }) : good(texts, call),
    );
    await remote.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect(await modelsOf(db)).toHaveLength(2);
  });

  for (const [what, outage] of [
    ["a page of its upkeep", () => new Response("<html>Back soon</html>")],
    ["half an answer", () => new Response('{"data":[{"embedding":[1,2')],
    ["402", () => new Response("pay", { status: 402 })],
    ["404", () => new Response("no such model", { status: 404 })],
    ["400 to everything", () => new Response("API key not valid", { status: 400 })],
  ] as const) {
    test(`wait while the endpoint answers with ${what}: no artifact is given up for it`, async () => {
      await using database = await temporaryDatabase();
      const { db } = database;
      await storeAndIndex(db, [artifactRow("a", "one"), artifactRow("b", "two")]);
      let isDown = false;
      await using remote = endpoint(db, (texts, call) => (isDown && call > 0 ? outage() : good(texts, call)));
      await remote.embedders.open("openai:m");
      isDown = true;
      for (let pass = 0; pass < 4; pass++) await remote.builder.pass(never).catch(() => undefined);
      expect((await states(db))[inlineEmbedder.id]).toBe("active");
      isDown = false;
      await remote.builder.pass(never);
      expect(await modelsOf(db)).toEqual(["openai:m#4 16", "openai:m#4 16"]);
    });
  }

  test("come to their end where an endpoint asks for a long pause again and again", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const long = Array.from({ length: 150 }, (_, at) => `# Part ${at}\n\n${`word${at} `.repeat(120)}`);
    await storeAndIndex(db, [artifactRow("long", long.join("\n\n"))]);
    let left = 2;
    const seen: string[] = [];
    await using remote = endpoint(db, (texts, call) => {
      if (left-- <= 0) return new Response("wait", { status: 429, headers: { "retry-after": "3600" } });
      seen.push(...texts);
      return good(texts, call);
    });
    for (let pass = 0; pass < 5; pass++) {
      await remote.builder.pass(never).catch(() => undefined);
      left = 1;
    }
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect(seen.length).toBeGreaterThan(41);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("are made anew beside the old when the model of that name is another by now", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "one")]);
    let size = 4;
    await using remote = endpoint(db, (texts) => gives(texts.map(() => [1, 2, 3, 4, 5].slice(0, size))));
    await remote.builder.pass(never);
    size = 5;
    await storeAndIndex(db, [artifactRow("b", "two")]);
    await expect(remote.builder.pass(never)).rejects.toThrow("a vector of 5 numbers in place of 4");
    await remote.builder.pass(never);
    expect(await modelsOf(db)).toEqual(["openai:m#5 20", "openai:m#5 20"]);
  });

  test("of passages are not made again when a language model gives other insights", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "the passage", { keyPoints: ["before"] })]);
    const seen: string[] = [];
    await using remote = endpoint(db, (texts, call) => {
      seen.push(...texts);
      return good(texts, call);
    });
    await remote.builder.pass(never);
    const before = await db.select().from(contentEmbedding);
    await db.update(mdArtifacts).set({ keyPoints: ["after"], questionsAnswered: ["why"], indexedHash: null });
    await indexVectorDbStep("notes", db);
    await remote.builder.pass(never);
    expect(seen).toEqual(["dimension", "the passage", "before", "after", "why"]);
    const [passage, ...more] = await db.select().from(contentEmbedding);
    expect([passage?.vector, more]).toEqual([before[0]?.vector, []]);
    expect(await db.$count(keyPointsEmbedding)).toBe(1);
    expect(await db.$count(questionsAnsweredEmbedding)).toBe(1);
  });

  test("of two models that two processes want are those of the one that came last, and nobody pays on", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "one")]);
    await using last = endpoint(db, good, { model: "openai:n", owner: anotherProcess });
    await using first = endpoint(db, async (texts, call) => {
      if (call === 1) await last.builder.pass(never);
      return good(texts, call);
    });
    await first.builder.pass(never);
    await last.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:n#4": "active" });
    const calls = first.calls() + last.calls();
    await storeAndIndex(db, [artifactRow("b", "two")]);
    for (const { builder } of [first, last, first, last]) await builder.pass(never);
    expect(first.calls() + last.calls()).toBe(calls + 1);
    expect(await modelsOf(db)).toEqual(["openai:n#4 16", "openai:n#4 16"]);
  });

  for (const [what, numbers, first] of [
    ["are put in order by their numbers", (at: number, of: number) => of - 1 - at, 2],
    ["stay in the order they came in where all have one number", () => 0, 1],
  ] as const) {
    test(what, async () => {
      await using database = await temporaryDatabase();
      const { db } = database;
      await storeAndIndex(db, [artifactRow("a", "one", { keyPoints: ["two"] })]);
      await using remote = endpoint(db, (texts) => {
        const data = texts.map((_, at) => ({
          index: numbers(at, texts.length),
          embedding: at === 0 ? [1, 0, 0, 0] : [0, 1, 0, 0],
        }));
        return Response.json({ data, usage: { prompt_tokens: 1, total_tokens: 1 } });
      });
      await remote.builder.pass(never);
      const [passage] = await db.select().from(contentEmbedding);
      expect(passage?.vector[first === 1 ? 3 : 7]).toBe(63);
    });
  }

  test("of key points are not forgotten when another model is wanted for a while", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "the passage")]);
    await using remote = endpoint(db, good);
    await remote.builder.pass(never);
    await db.update(mdArtifacts).set({ keyPoints: ["after"], indexedHash: null });
    await indexVectorDbStep("notes", db);
    await wantVersion(db, { id: "openai:n#4", dimension: 4 });
    await wantVersion(db, { id: "openai:m#4", dimension: 4 });
    await remote.builder.pass(never);
    expect(await db.$count(keyPointsEmbedding)).toBe(1);
  });

  test("are made by one of two processes that want the same model", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(
      db,
      Array.from({ length: 40 }, (_, at) => artifactRow(`a${at}`, `text ${at}`)),
    );
    const seen: string[] = [];
    const hear: Answer = (texts, call) => {
      if (call > 0) seen.push(...texts);
      return good(texts, call);
    };
    await using one = endpoint(db, hear);
    await using other = endpoint(db, hear, { owner: anotherProcess });
    await Promise.all([one.builder.pass(never), other.builder.pass(never)]);
    await other.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
    expect([seen.length, new Set(seen).size]).toEqual([40, 40]);
  });

  test("stop at once, and ask only as often as they must, while the model cannot be opened", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "one")]);
    const asked = Promise.withResolvers<void>();
    await using remote = endpoint(db, (_, call) => {
      if (call === 0) return new Response("no", { status: 401 });
      asked.resolve();
      return new Promise<Response>(() => undefined);
    });
    remote.builder.start();
    await asked.promise;
    expect((await readVectorState(db)).problem).toContain("refuses the key");
    await remote.builder.stop();
    expect(remote.calls()).toBe(2);
  });

  test("no longer tell of an earlier problem once the build goes on", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(
      db,
      Array.from({ length: 40 }, (_, at) => artifactRow(`a${at}`, `text ${at}`)),
    );
    await noteProblem(db, undefined, "The endpoint does not answer.");
    const told: (string | null)[] = [];
    await using remote = endpoint(db, async (texts, call) => {
      told.push((await readVectorState(db)).problem);
      return good(texts, call);
    });
    await remote.builder.pass(never);
    expect(told[0]).toBe("The endpoint does not answer.");
    expect(told.at(-1)).toBeNull();
  });

  test("keep the index in use when the disk is full, and say so", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("a", "one")]);
    await using remote = endpoint(db, good);
    await db.raw.run(
      `CREATE TRIGGER full BEFORE INSERT ON contentEmbedding BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END`,
    );
    await remote.builder.pass(never).catch(() => undefined);
    expect(await states(db)).toMatchObject({ [inlineEmbedder.id]: "active", "openai:m#4": "building" });
    await db.raw.run("DROP TRIGGER full");
    await remote.builder.pass(never);
    expect(await states(db)).toEqual({ "openai:m#4": "active" });
  });
});
