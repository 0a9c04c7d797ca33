/** Entry point of the search thread: searches over a connection of its own. Started by `SearchThread` only. */
import { parentPort, workerData } from "node:worker_threads";
import { openReader } from "@/core/db/open";
import type { SearchInput } from "@/core/models/search";
import type { Embedder } from "@/core/services/index/embedder";
import { inlineEmbedder } from "@/core/services/index/inline-embedder";
import type { VectorVersion } from "@/core/services/index/vector-versions";
import { createRegistry } from "@/core/services/registry";
import { giveWay } from "@/lib/give-way";
import { createSearch } from "../search";
import type { Reranker } from "../reranker";
import { IndexStatistics } from "../statistics";
import { VectorThread } from "../vectors/thread/vector-thread";
import { VectorsInUse } from "../vectors/vectors-in-use";
import { errorFrom, partsOf } from "./error-parts";
import type { FromThread, ThreadData, ToThread } from "./messages";
import { sentLog } from "./sent-log";

/** How often what was written meanwhile is taken in, so that the next search need not. */
const CATCH_UP_MS = 1_000;
/** Every so many times bits are looked after as well: made anew where they were outgrown, and kept in the file. */
const UPKEEP_EACH = 10;
/** How long after an answer nothing is read ahead: whoever asks several questions has asked the next by then. */
const REST_MS = 100;

// Only our own process starts this.
const { databasePath, integrations, reranks } = workerData as ThreadData;
// Whoever answers, and whoever is answered, is not to wait for searches under way.
giveWay("answers");
const { db } = openReader(databasePath);
const aborts = new Map<number, AbortController>();
/** What the process was asked to do. */
const asked = new Map<number, PromiseWithResolvers<Float32Array | number[]>>();
let lastAsked = 0;

function send(message: FromThread): void {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

const log = sentLog(send);

/** Embeds queries by asking the process. */
function embedderOf({ model, dimension }: VectorVersion): Embedder {
  if (model === inlineEmbedder.id) return inlineEmbedder;
  return {
    id: model,
    dimension,
    embed: (texts) =>
      Promise.all(
        texts.map(async (text) =>
          Float32Array.from(await askProcess((job) => ({ kind: "embed", job, model, text }))),
        ),
      ),
  };
}

function askProcess(message: (job: number) => FromThread): Promise<Float32Array | number[]> {
  const job = ++lastAsked;
  const wait = Promise.withResolvers<Float32Array | number[]>();
  asked.set(job, wait);
  send(message(job));
  return wait.promise.finally(() => asked.delete(job));
}

const reranker: Reranker = {
  score: async (question, passages) =>
    Array.from(await askProcess((job) => ({ kind: "rerank", job, question, passages }))),
};

function nothing(): Promise<void> {
  return Promise.resolve();
}

const configs = integrations.map((integration) => ({
  integration,
  icon: "",
  integrationType: "API_KEY" as const,
}));
const registry = createRegistry(
  configs,
  configs.map((config) => ({ config, sync: nothing, syncUpdates: nothing, deleteSync: nothing })),
);
const vectors = new VectorsInUse({
  db,
  embedderOf,
  log,
  path: `${databasePath}-vectors`,
  open: (deps, model) => new VectorThread({ ...deps, log, databasePath, model }),
});
const statistics = new IndexStatistics(db);
const search = createSearch({
  db,
  registry,
  vectors: vectors.current,
  reranker: reranks ? reranker : undefined,
  statistics,
  prepare: nothing,
});

async function answer(job: number, input: SearchInput): Promise<void> {
  const abort = new AbortController();
  aborts.set(job, abort);
  try {
    send({ kind: "found", job, response: await search(input, abort.signal) });
  } catch (error) {
    send({ kind: "failed", job, error: partsOf(error) });
  } finally {
    aborts.delete(job);
    answeredAt = performance.now();
    setTimeout(() => void readAhead(), REST_MS);
  }
}

let answeredAt = -Infinity;
let isReadingAhead = false;

/** Whether nobody searches, and nobody just did: the next question would wait for what is being read. */
function isAtRest(): boolean {
  return aborts.size === 0 && performance.now() - answeredAt >= REST_MS;
}

/** Reads what searches had to suppose, some milliseconds at a time, while nobody searches. */
async function readAhead(): Promise<void> {
  if (isReadingAhead) return;
  isReadingAhead = true;
  try {
    while (isAtRest() && (await statistics.text.readAhead())) await new Promise(setImmediate);
  } catch (error) {
    log.debug("What searches suppose could not be read; they go on supposing.", {
      reason: partsOf(error).message,
    });
  }
  isReadingAhead = false;
}

async function keepUp(turn: number): Promise<void> {
  try {
    if (aborts.size > 0) return;
    // Vectors have a thread of their own, which reads while this one does.
    await Promise.all([
      turn % UPKEEP_EACH === 0 ? vectors.maintain() : vectors.catchUp(),
      statistics.catchUp(),
    ]);
    void readAhead();
  } catch (error) {
    log.warn("What is in memory could not be brought up to date; the next search tries again.", {
      reason: partsOf(error).message,
    });
  }
}

let turn = 0;
let upkeep = keepUp(turn);
setInterval(() => {
  upkeep = upkeep.then(() => keepUp(++turn));
}, CATCH_UP_MS);

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "search") void answer(message.job, message.input);
  else if (message.kind === "abort") aborts.get(message.job)?.abort();
  else if (message.kind === "embedded") asked.get(message.job)?.resolve(message.vector);
  else if (message.kind === "reranked") asked.get(message.job)?.resolve(message.scores);
  else asked.get(message.job)?.reject(errorFrom(message.error));
});
