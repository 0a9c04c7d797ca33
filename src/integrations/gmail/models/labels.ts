/** Labels as people know them, and which of them decide what is read. */
import { PermanentError } from "@/core/models/errors";
import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";
import type { Label } from "./models";
import type { GmailOptions } from "./options";

/** Gmail's own labels that people see, by the names they have on the page. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  INBOX: "Inbox",
  SENT: "Sent",
  STARRED: "Starred",
  IMPORTANT: "Important",
  CATEGORY_PERSONAL: "Primary",
  CATEGORY_UPDATES: "Updates",
  CATEGORY_FORUMS: "Forums",
  CATEGORY_PROMOTIONS: "Promotions",
  CATEGORY_SOCIAL: "Social",
};

/** What is written in bulk: left out unless it is asked for. */
export const BULK = ["CATEGORY_PROMOTIONS", "CATEGORY_SOCIAL"];
/** Messages with one of these are never read: deleted, unwanted, not sent, or no mail. */
export const NEVER = ["TRASH", "SPAM", "DRAFT", "CHAT"];
/** Changes with every look at the mail, so nothing follows from it. */
export const UNREAD = "UNREAD";

/** Labels that can be chosen: people's own, and those of Gmail's that mean something to them. */
export function choosable(labels: readonly Label[]): { id: string; name: string; own: boolean }[] {
  return labels.flatMap(({ id, name, type }) => {
    const shown = type === "user" ? plainLine(name) : OWN_NAMES[id];
    return shown === undefined ? [] : [{ id, name: shown, own: type === "user" }];
  });
}

/** Labels that are named where one is unknown, at most. */
const MOST_NAMED = 20;

/** Which threads are read, by ids of labels. */
export interface Choice {
  /** Undefined: all mail. */
  labels: readonly string[] | undefined;
  leaveOut: readonly string[];
  /** A message counts for nothing when it has one of these. */
  bulk: readonly string[];
  /** Milliseconds since 1970. */
  since: number | undefined;
}

/**
 * The settings by the ids of labels.
 *
 * @throws PermanentError when a label is not there: a renamed one that was left out must not come in.
 */
export function choiceOf(options: GmailOptions, labels: readonly Label[]): Choice {
  const known = choosable(labels);
  const chosen = options.labels.map((given) => idOf(given, known));
  return {
    labels: chosen.length === 0 ? undefined : [...new Set(chosen)].sort(),
    leaveOut: [...new Set(options.leaveOut.map((given) => idOf(given, known)))].sort(),
    bulk: options.promotions ? [] : BULK.filter((id) => !chosen.includes(id)),
    since: options.since === undefined ? undefined : Date.parse(options.since),
  };
}

function idOf(given: string, known: ReturnType<typeof choosable>): string {
  const lower = given.toLowerCase();
  const found = known.find(({ id, name }) => id === given || name.toLowerCase() === lower);
  if (found !== undefined) return found.id;
  const names = known.map(({ name }) => name);
  const near = closest(given, names);
  const hint =
    near.length > 0
      ? `Did it become ${near.join(" or ")}?`
      : `There are ${names.slice(0, MOST_NAMED).join(", ")}.`;
  throw new PermanentError(`This Gmail account has no label '${plainLine(given, 100)}'. ${hint}`, {
    action: "Choose the labels again on the source's page. What was read is kept until then.",
  });
}
