/** Messages as they were last read, by channel and in the order of their times; answers in threads with them. */
import { ThreadTable } from "@/core/services/conversations/thread-table";
import { timeOf } from "../models/timestamp";
import { slackMessage } from "./schema";

export type MessageRow = typeof slackMessage.$inferSelect;

export const messages = new ThreadTable<MessageRow>(slackMessage, { timeOf, textOf: ({ text }) => text });
