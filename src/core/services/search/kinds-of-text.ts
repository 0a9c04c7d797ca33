import type { Candidate } from "./load-candidates";

/** Lines of a single message at most, with its title and an empty one: what has more is several messages. */
const messageLines = 3;

/** What people said to each other, be it spoken or written. */
export function isTalk({ kind }: Pick<Candidate, "kind">): boolean {
  return kind === "conversation" || kind === "transcript";
}

/** Several messages that stand in an order with others: a thread, a part of a call. */
export function isExchange({ lines }: Pick<Candidate, "lines">): boolean {
  return lines > messageLines;
}
