/** Entry point of the search thread, started by `startSearchWorker` only: what it searches it is told later. */
import { parentPort } from "node:worker_threads";
import { giveWay } from "@/lib/give-way";
import { parseQuery } from "../query";
import type { FromThread, ToThread } from "./messages";
import { ThreadSearches } from "./thread-searches";

// Whoever answers, and whoever is answered, is not to wait for searches under way.
giveWay("answers");

function send(message: FromThread): void {
  // A thread's port takes no origin; the rule means windows.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

let searches: ThreadSearches | undefined;

parentPort?.on("message", (message: ToThread) => {
  if (message.kind === "open") searches = new ThreadSearches(message.data, send);
  else searches?.take(message);
});

// The tables of words that a first question needs are made while the process is still being loaded.
parseQuery("when?");
