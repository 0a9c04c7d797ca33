import type { SyncContext } from "@/core/models/models";
import { leftOutStream } from "@/core/services/sync/left-out-stream";
import type { Stream } from "@/core/services/sync/stream";
import type { Options, Part } from "../models/options";
import { articleRows, articlesStream } from "./articles";
import { siteOf, ticketRows, ticketsStream } from "./tickets";

/** One stream for each part. What is left out is taken out again, where it was read before. */
export function zendeskStreams(context: SyncContext, { read, notes }: Options): Stream<unknown>[] {
  const isRead = (part: Part) => read.includes(part);
  return [
    isRead("help centre") ? articlesStream(context) : leftOutStream("articles", articleRows),
    isRead("tickets")
      ? ticketsStream(context, { notes })
      : leftOutStream("tickets", ticketRows(siteOf(context))),
  ];
}
