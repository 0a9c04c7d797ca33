import { afterAll, describe, expect, test } from "bun:test";
import { resolve } from "node:path";
import { messageOf, PermanentError } from "@/core/models/errors";
import { silentLogger } from "@/core/services/logger";
import { createSearch } from "@/core/services/search/search";
import { temporaryDatabase } from "@test/database";
import { keepingLogger } from "@test/provider";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { localReranker } from "./local-reranker";

/** Models of twelve words, run by ONNX Runtime as real ones are: `scripts/tiny-model`. */
const models = resolve(import.meta.dir, "../../../../../test/fixtures/models");
/** Opening a model is slow on a machine with much to do, and is not what these tests are about. */
const open = (model: string, waitMs = 60_000, log = silentLogger) =>
  localReranker({ model, modelsFolder: "models", hubUrl: "http://127.0.0.1:9", log }, waitMs);
const reranker = open(`${models}/tiny-reranker`);
afterAll(() => reranker.close());

const thrown = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe("a reranker on this machine", () => {
  test("scores passages by what they mean, in order, however many and long", async () => {
    const passages = Array.from({ length: 20 }, (_, at) =>
      at % 2 === 0 ? `The price of an automobile. ${"and ".repeat(at * 3)}` : "a car for the vacation",
    );
    const scores = await reranker.score("car budget", passages);
    expect(scores.map((score) => score > 0.5)).toEqual(passages.map((_, at) => at % 2 === 0));
    expect(scores.every((score) => score > 0 && score < 1)).toBe(true);
    expect(await reranker.score("the car", [])).toEqual([]);
  });

  test("is not waited for longer than a search may take, and not by every search", async () => {
    const late = open(`${models}/tiny-reranker`, 1);
    const score = async () => String(await thrown(late.score("the car", ["an automobile"])));
    expect(await score()).toContain("The reranker did not answer within 0.001 seconds.");
    expect(await score()).toContain("The reranker did not answer a moment ago.");
    await late.close();
  });

  test("that cannot be fetched says what can be done, and the log that searches go without it", async () => {
    const log = keepingLogger();
    const away = open("owner/none", 60_000, log);
    expect(messageOf(await thrown(away.score("the car", ["an automobile"])))).toEndWith(
      "name a folder with local:/path, or unset RERANK_MODEL.",
    );
    expect(log.lines.at(-1)?.message).toContain("RERANK_MODEL cannot be opened");
    await away.close();
  });

  test("that is no cross-encoder says so", async () => {
    const embedding = open(`${models}/tiny`);
    const error = await thrown(embedding.score("the car", ["an automobile"]));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("gives no score for a question and a text");
    await embedding.close();
  });

  test("ranks what words found, and explains its part", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [
      artifactRow("key", "The car key."),
      artifactRow("cost", "What the car would cost if it were to be had again."),
    ]);
    const registry = registryOf("notes");
    const question = { query: "car budget", explain: true };
    const plain = await createSearch({ db, registry })(question);
    expect(plain.results.map(({ id }) => id)).toEqual(["key", "cost"]);
    const { results, notes, timings } = await createSearch({ db, registry, reranker })(question);
    expect(results.map(({ id }) => id)).toEqual(["cost", "key"]);
    expect([notes, timings["rerank"]]).toEqual([[], expect.any(Number)]);
    for (const { score, why = [] } of results) {
      expect(why.reduce((sum, { contribution }) => sum + contribution, 0)).toBeCloseTo(score, 10);
      expect(why.find(({ leg }) => leg === "reranker")?.raw).toBeGreaterThan(0);
    }
  });

  test("that cannot be opened costs its own part alone, and is left alone for a while", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await storeAndIndex(db, [artifactRow("key", "The car key.")]);
    const missing = open(`${models}/none`);
    const search = createSearch({ db, registry: registryOf("notes"), reranker: missing });
    const first = await search({ query: "car" });
    expect(first.results.map(({ id }) => id)).toEqual(["key"]);
    expect(first.notes.join()).toMatch(/^Ranked without the reranker: .*holds no/);
    const second = await search({ query: "key" });
    expect(second.notes.join()).toContain("did not answer a moment ago");
    expect(await thrown(missing.close())).toBeUndefined();
  });
});
