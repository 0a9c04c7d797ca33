/** Entry point of the search thread, started by `startSearchWorker` only: that it is to search it is told later. */
import { parentPort, workerData } from "node:worker_threads";
import { giveWay } from "@/lib/give-way";
import { parseQuery } from "../query";
import { IndexInMemory, readEarly } from "./index-in-memory";
import type { FromThread, ToThread, WorkerStart } from "./messages";
import { ThreadSearches } from "./thread-searches";

// Whoever answers, and whoever is answered, is not to wait for searches under way.
giveWay("answers");

function send(message: FromThread): void {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

// Only our own process starts this.
const { databasePath } = workerData as WorkerStart;
const early = databasePath === undefined ? undefined : await readEarly(databasePath, send);
let searches: ThreadSearches | undefined;

function take(message: ToThread): void {
  if (message.kind !== "open") return searches?.take(message);
  const index = early ?? new IndexInMemory(message.data.databasePath, send);
  searches = new ThreadSearches(message.data, index, send);
}

parentPort?.on("message", take);

// The tables of words that a first question needs are made while the process is still being loaded.
parseQuery("When did it change?");
