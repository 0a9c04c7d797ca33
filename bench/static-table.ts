/**
 * `bun bench/static-table.ts [--chunks 40000] [--workers 1,2]`: how many chunks of 250 words the table that comes with the
 * program embeds in a second, with the table and its text in each of so many threads, and how long loading it takes.
 * Processor time says the same on a busy machine; where threads share a core, wall time does not.
 */
import { loadavg } from "node:os";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { z } from "zod";
import { staticEmbedder } from "@/core/services/index/static-embedder";
import { corpusOf } from "./corpus";

const wordsAChunk = 250;
const textsACall = 200;
const jobSchema = z.object({ chunks: z.number() });
const doneSchema = z.object({ loadMs: z.number(), wallMs: z.number() });

/** Embeds `chunks` texts, some hundred over and over, once the engine is warm. */
async function embedAll(chunks: number): Promise<z.infer<typeof doneSchema>> {
  const texts = corpusOf(textsACall * 5, wordsAChunk);
  const loading = performance.now();
  await staticEmbedder.embed(["once"], "document");
  const loadMs = performance.now() - loading;
  await staticEmbedder.embed(texts, "document");
  const started = performance.now();
  for (let done = 0; done < chunks; done += textsACall) {
    const from = done % texts.length;
    await staticEmbedder.embed(texts.slice(from, from + textsACall), "document");
  }
  return { loadMs, wallMs: performance.now() - started };
}

async function inThreads(workers: number, chunks: number): Promise<void> {
  const before = process.cpuUsage();
  const started = Array.from({ length: workers }, () => {
    const { promise, resolve, reject } = Promise.withResolvers<z.infer<typeof doneSchema>>();
    const worker = new Worker(new URL(import.meta.url), { workerData: { chunks: chunks / workers } });
    worker.on("message", (message) => resolve(doneSchema.parse(message))).on("error", reject);
    return promise;
  });
  const done = await Promise.all(started);
  const used = process.cpuUsage(before);
  const wall = Math.max(...done.map(({ wallMs }) => wallMs)) / 1000;
  const cells = [
    workers,
    Math.round(chunks / wall),
    Math.round(chunks / ((used.user + used.system) / 1e6)),
    Math.max(...done.map(({ loadMs }) => loadMs)).toFixed(0),
    loadavg()[0]?.toFixed(1),
  ];
  console.log(`| ${cells.join(" | ")} |`);
}

if (isMainThread) {
  const { values } = parseArgs({
    options: { chunks: { type: "string", default: "40000" }, workers: { type: "string", default: "1,2" } },
  });
  console.log("| threads | chunks a second | a second of processor time, with start | loaded in ms | load |");
  console.log("| --- | --- | --- | --- | --- |");
  for (const workers of values.workers.split(",").map(Number))
    await inThreads(workers, Number(values.chunks));
} else {
  const done = await embedAll(jobSchema.parse(workerData).chunks);
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(done);
}
