/** Entry point of a model's thread: opens it, then embeds or scores what it is asked. Started by `ModelThread` only. */
import { parentPort, workerData } from "node:worker_threads";
import { partsOf } from "@/core/services/search/thread/error-parts";
import type { FromModelThread, ModelThreadData, ToModelThread } from "./messages";
import { Transformer } from "./transformer";

/** Texts that go through the model together. */
const textsABatch = 8;

type Job = Exclude<ToModelThread, { kind: "stop" }> & {
  /** Places of the texts that are not embedded yet, the longest first: those of a batch then are of like length. */
  left: number[];
  vectors: Float32Array[];
};

const jobs: Job[] = [];
let isWorking = false;

function send(message: FromModelThread): void {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

/** A question somebody waits for goes before passages. */
function next(): Job | undefined {
  return jobs.find((job) => job.kind === "score" || job.as === "query") ?? jobs[0];
}

function end(job: Job): void {
  const at = jobs.indexOf(job);
  if (at >= 0) jobs.splice(at, 1);
}

async function work(model: Transformer): Promise<void> {
  if (isWorking) return;
  isWorking = true;
  for (let job = next(); job !== undefined; job = next()) {
    const places = job.left.splice(0, textsABatch);
    try {
      const texts = places.map((at) => job?.texts[at] ?? "");
      const vectors = await resultOf(model, job, texts);
      for (const [index, at] of places.entries()) job.vectors[at] = vectors[index] ?? new Float32Array();
      if (job.left.length === 0) {
        send({ kind: "embedded", job: job.job, vectors: job.vectors });
        end(job);
      }
    } catch (error) {
      send({ kind: "failed", job: job.job, error: partsOf(error) });
      end(job);
    }
    // What was asked or stopped meanwhile is heard between two batches.
    await new Promise(setImmediate);
  }
  isWorking = false;
}

async function resultOf(model: Transformer, job: Job, texts: readonly string[]): Promise<Float32Array[]> {
  if (job.kind === "embed") return model.embed(texts, job.as);
  return (await model.score(job.question, texts)).map((score) => new Float32Array([score]));
}

function take(model: Transformer, message: ToModelThread): void {
  if (message.kind === "stop") {
    const job = jobs.find((known) => known.job === message.job);
    if (job !== undefined) end(job);
    return;
  }
  const { texts } = message;
  const left = [...texts.keys()].sort((a, b) => (texts[b]?.length ?? 0) - (texts[a]?.length ?? 0));
  jobs.push({ ...message, left, vectors: [] });
  void work(model);
}

async function open(): Promise<void> {
  // Only our own process starts this.
  const { folder, modelsFolder } = workerData as ModelThreadData;
  try {
    const model = await Transformer.open(folder, modelsFolder);
    const [probe] = await model.embed(["dimension"], "document");
    parentPort?.on("message", (message: ToModelThread) => take(model, message));
    send({ kind: "open", dimension: probe?.length ?? 0, revision: model.revision });
  } catch (error) {
    send({ kind: "not open", error: partsOf(error) });
  }
}

void open();
