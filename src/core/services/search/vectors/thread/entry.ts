/** Entry point of the vectors' thread: finds the nearest over a connection of its own. Started by `VectorThread` only. */
import { parentPort, workerData } from "node:worker_threads";
import { openReader } from "@/core/db/open";
import { giveWay } from "@/lib/give-way";
import { partsOf } from "../../thread/error-parts";
import { sentLog } from "../../thread/sent-log";
import { BitVectors } from "../bit-vectors";
import { answerCall } from "./answer-call";
import type { FromVectorThread, VectorRequest, VectorThreadData } from "./messages";

/** Vectors are read here and there, so that hardly one is met again: a cache is for the way to them. */
const cacheKib = 8_192;

// Only our own process starts this.
const { databasePath, path, model } = workerData as VectorThreadData;

function send(message: FromVectorThread): void {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

giveWay("answers");
const { db } = openReader(databasePath, cacheKib);
const vectors = new BitVectors({ db, log: sentLog(send), path }, model);

async function answer({ job, call }: VectorRequest): Promise<void> {
  try {
    send({ kind: "done", job, answer: await answerCall(vectors, call) });
  } catch (error) {
    send({ kind: "failed", job, error: partsOf(error) });
  }
}

parentPort?.on("message", (request: VectorRequest) => void answer(request));
