import { htmlText } from "@/core/services/readers/html-text";
import { cleanText, plainLine } from "@/lib/clean-text";
import { inlineText, paragraphText } from "@/lib/markdown-text";
import type { Part } from "../sync-steps/items";
import { minuteOf } from "./words";

/** How Salesforce's own answers begin what they answer. */
const HISTORY = /^-{5,}\s*Original Message\s*-{5,}\s*$/im;
/** Salesforce's number for an e-mail that is still being written. */
const DRAFT = "5";

/** Who wrote what when; "" for nothing. */
export async function talkText(parts: readonly Part[], signal: AbortSignal): Promise<string> {
  const turns: string[] = [];
  for (const one of parts.filter(({ name }) => name === "comment" || name === "email"))
    turns.push(await turnOf(one, turns.length > 0, signal));
  return turns.length === 0 ? "" : `## Conversation\n\n${turns.join("\n\n")}`;
}

/** @param isAnswer whether something stands before it: what it repeats of that is left out. */
async function turnOf(
  { name, values, html = "" }: Part,
  isAnswer: boolean,
  signal: AbortSignal,
): Promise<string> {
  const value = (path: string) => values[path];
  if (name === "comment") {
    const who = head(value("CreatedBy.Name"), value("CreatedDate"), [
      value("IsPublished") === "true" ? "comment, shown to the customer" : "comment",
    ]);
    return joined(who, paragraphText(value("CommentBody") ?? ""));
  }
  const status = value("Status") === DRAFT ? "draft, not sent" : "";
  const notes = ["e-mail", value("Incoming") === "true" ? "from outside" : "", status];
  const from = value("FromName") ?? value("FromAddress");
  const who = head(from, value("MessageDate") ?? value("CreatedDate"), notes);
  const text = withoutHistory(cleanText(value("TextBody") ?? ""), isAnswer);
  const facts = [
    fact("Subject", value("Subject")),
    fact("To", value("ToAddress")),
    fact("Cc", value("CcAddress")),
    value("HasAttachment") === "true" ? "with files" : "",
  ].filter((one) => one !== "");
  const body = text === "" ? await htmlText(html, { name: "email", level: 3, signal }) : paragraphText(text);
  return joined(who, facts.join(" · "), body);
}

function head(name: string | undefined, time: string | undefined, notes: readonly string[]): string {
  const told = [minuteOf(time) ?? "", ...notes].filter((one) => one !== "").join(", ");
  return `**${inlineText(plainLine(name ?? "") || "Somebody")}** (${told}):`;
}

function fact(name: string, value: string | undefined): string {
  return value === undefined
    ? ""
    : `${name}: ${inlineText(plainLine(value.replaceAll(/\s*;\s*/g, ", "), 500))}`;
}

function withoutHistory(text: string, isAnswer: boolean): string {
  const at = isAnswer ? text.search(HISTORY) : -1;
  return at > 0 && text.slice(0, at).trim() !== "" ? text.slice(0, at) : text;
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}
