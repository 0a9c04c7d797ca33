import { describe, expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CancelledError, InputError } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { SearchInput, SearchResponse } from "@/core/models/search";
import { ensureIndex } from "@/core/services/index/index-schema";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import { wantVersion } from "@/core/services/index/vector-versions";
import { silentLogger } from "@/core/services/logger";
import { nextTurn } from "@/lib/next-turn";
import { RightOfWay } from "@/lib/right-of-way";
import { temporaryDatabase, temporaryFolder } from "@test/database";
import { memoryLog } from "@test/insight-artifacts";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import type { Reranker } from "../reranker";
import { createSearch } from "../search";
import { VectorsInUse } from "../vectors/vectors-in-use";
import { SearchThread } from "./search-thread";
import { startSearchWorker } from "./search-worker";

const rows = [
  artifactRow("keys", "Signing keys are rotated monthly.", { title: "Keys", entities: ["Mira"] }),
  artifactRow("travel", "Flights are booked by the travel desk.", { integration: "chat" }),
];

async function opened(entry?: URL, reranker?: Reranker, log: Logger = silentLogger) {
  const database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const { db } = database;
  const vectors = new VectorsInUse({ db, embedderOf: () => inlineEmbedder }).current;
  const inProcess = createSearch({ db, registry: registryOf("notes", "chat"), vectors, reranker });
  const rightOfWay = new RightOfWay();
  const embedded: string[] = [];
  const thread = new SearchThread(
    {
      rightOfWay,
      databasePath: join(database.folder, "stoneturner.db"),
      integrations: ["notes", "chat"],
      log,
      inProcess,
      reranker,
      embedQuery: (_model, text) => {
        embedded.push(text);
        return Promise.reject(new Error("no model"));
      },
      prepare: () => ensureIndex(database.db),
    },
    entry,
  );
  thread.open();
  const dispose = async () => {
    await thread.stop();
    await database[Symbol.asyncDispose]();
  };
  /** Searches that background threads let pass just now. */
  const underWay = () => Atomics.load(new Int32Array(rightOfWay.shared), 0);
  return { database, thread, inProcess, underWay, embedded, [Symbol.asyncDispose]: dispose };
}

/** The answer with vectors: without them, which a busy machine may not have read in time, a search says so. */
async function whole(thread: SearchThread, input: SearchInput): Promise<SearchResponse> {
  for (;;) {
    const answer = await thread.search(input);
    if (!answer.notes.some((note) => note.includes("vectors are still being read"))) return answer;
  }
}

describe("search in a thread", () => {
  test("answers as the process would, several at once, and sees what was written since", async () => {
    await using it = await opened();
    const { database, thread, inProcess } = it;
    const queries = ["rotate keys", "travel", "nothing of this"];
    const answers = await Promise.all(queries.map((query) => whole(thread, { query, explain: true })));
    const expected = await Promise.all(queries.map((query) => inProcess({ query, explain: true })));
    expect(answers.map(({ results }) => results)).toEqual(expected.map(({ results }) => results));
    await storeAndIndex(database.db, [artifactRow("lunch", "Lunch is at noon.")]);
    expect((await thread.search({ query: "lunch" })).results[0]?.id).toBe("lunch");
  });

  test("has its vectors at hand before anybody asks, and leaves them for the next start", async () => {
    await using it = await opened();
    const bits = () => readdirSync(it.database.folder).filter((name) => /-vectors-[0-9a-f]+$/.test(name));
    while (bits().length === 0) await Bun.sleep(20);
    expect(bits()).toHaveLength(1);
  });

  test("asks itself a first question, and no model elsewhere that costs anything", async () => {
    const log = memoryLog();
    const reranker = { score: () => Promise.reject(new Error("The reranker was asked.")) };
    await using it = await opened(undefined, reranker, log);
    const { database, embedded } = it;
    await database.db.raw.run("DELETE FROM vectorIndex");
    await wantVersion(database.db, { id: "openai:model#4", dimension: 4 });
    while (!log.events.some(({ message }) => message.includes("ready for a first question")))
      await Bun.sleep(20);
    expect(embedded).toEqual([]);
    // Somebody's question is the model's to embed.
    await it.thread.search({ query: "rotate keys" });
    expect(embedded).toEqual(["rotate keys"]);
  });

  test("begins to read before it is told to search, and sees what was written in between", async () => {
    await using database = await temporaryDatabase();
    const { db, path } = database;
    await storeAndIndex(db, rows);
    // One that is never told to search ends with the rest.
    for (const isOpened of [true, false]) {
      const started = startSearchWorker(path);
      const thread = new SearchThread({
        ...{ databasePath: path, integrations: ["notes", "chat"], log: silentLogger, started },
        inProcess: () => Promise.reject(new Error("The thread failed.")),
        embedQuery: () => Promise.reject(new Error("no model")),
        prepare: () => storeAndIndex(db, [artifactRow("lunch", "Lunch is at noon.")]),
      });
      if (isOpened) {
        thread.open();
        expect((await thread.search({ query: "lunch" })).results[0]?.id).toBe("lunch");
        expect((await thread.search({ query: "rotate keys" })).results[0]?.id).toBe("keys");
      }
      await thread.stop();
      await started.ended;
    }
  });

  test("says what it found amiss while it began to read, before anybody listened", async () => {
    using folder = temporaryFolder();
    const entry = join(folder.path, "entry.ts");
    const line = { kind: "log", level: "warn", message: "It does not fit.", fields: {} };
    await Bun.write(
      entry,
      `import { parentPort } from "node:worker_threads";
      parentPort?.on("message", () => {});
      parentPort?.postMessage(${JSON.stringify(line)});`,
    );
    const started = startSearchWorker(undefined, pathToFileURL(entry));
    await new Promise((resolve) => started.worker.once("message", resolve));
    const log = memoryLog();
    const thread = new SearchThread({
      ...{ databasePath: "", integrations: [], log, started },
      inProcess: () => Promise.reject(new Error("The thread failed.")),
      embedQuery: () => Promise.reject(new Error("no model")),
      prepare: () => Promise.resolve(),
    });
    thread.open();
    while (log.events.length === 0) await Bun.sleep(5);
    expect(log.events).toEqual([{ level: "warn", message: "It does not fit.", fields: {} }]);
    await thread.stop();
  });

  test("asks the process's reranker, and goes on without one that fails", async () => {
    let isDown = false;
    const reranker: Reranker = {
      score: async (question, passages) => {
        if (isDown) throw new Error("out of memory");
        return passages.map((passage) => (passage.includes("Flights") && question.includes("desk") ? 1 : 0));
      },
    };
    await using it = await opened(undefined, reranker);
    await storeAndIndex(it.database.db, [artifactRow("desk", "The desk.")]);
    const ask = async () => {
      const answer = await whole(it.thread, { query: "desk" });
      return { ids: answer.results.map(({ id }) => id), notes: answer.notes };
    };
    expect(await ask()).toEqual({ ids: ["travel", "desk"], notes: [] });
    isDown = true;
    expect(await ask()).toEqual({
      ids: ["desk", "travel"],
      notes: ["Ranked without the reranker: out of memory"],
    });
  });

  test("throws the same errors, with their details", async () => {
    await using it = await opened();
    const { thread } = it;
    const wrong = await thread.search({ query: "x", integration: "note" }).catch((error: unknown) => error);
    expect(wrong).toBeInstanceOf(InputError);
    expect((wrong as InputError).details[0]?.field).toBe("integration");
    const abort = new AbortController();
    const stopped = thread.search({ query: "keys" }, abort.signal).catch((error: unknown) => error);
    abort.abort();
    const early = await thread.search({ query: "keys" }, abort.signal).catch((error: unknown) => error);
    expect(early).toBeInstanceOf(CancelledError);
    // It may have been answered before the word to stop came.
    const late = await stopped;
    if (late instanceof Error) expect(late).toBeInstanceOf(CancelledError);
    expect(it.underWay()).toBe(0);
  });

  test("that cannot start or fails leaves the work to the process", async () => {
    using folder = temporaryFolder();
    const broken = join(folder.path, "broken.ts");
    await Bun.write(
      broken,
      `import { parentPort } from "node:worker_threads"; parentPort?.on("message", () => { throw new Error("no"); });`,
    );
    for (const path of [join(folder.path, "missing.ts"), broken]) {
      await using it = await opened(pathToFileURL(path));
      const { thread } = it;
      for (let time = 0; time < 4; time++)
        expect((await thread.search({ query: "rotate keys" })).results[0]?.id).toBe("keys");
      expect(it.underWay()).toBe(0);
    }
  });

  test("has right of way from the question to the answer, also when the thread is killed in between", async () => {
    using folder = temporaryFolder();
    const silent = join(folder.path, "silent.ts");
    await Bun.write(
      silent,
      `import { parentPort } from "node:worker_threads"; parentPort?.on("message", () => {});`,
    );
    await using it = await opened(pathToFileURL(silent));
    const searching = it.thread.search({ query: "rotate keys" });
    expect(it.underWay()).toBe(1);
    await nextTurn();
    await it.thread.stop();
    expect((await searching).results[0]?.id).toBe("keys");
    expect(it.underWay()).toBe(0);
  });

  test("asks the process to embed with a model elsewhere, and goes on by words when that fails", async () => {
    await using it = await opened();
    const { database, thread } = it;
    await database.db.raw.run("DELETE FROM vectorIndex");
    await wantVersion(database.db, { id: "openai:model#4", dimension: 4 });
    const { results } = await thread.search({ query: "rotate keys" });
    expect(results[0]?.id).toBe("keys");
  });
});
