/** The parts of a call's artifact. Each gives markdown, or "" where Gong has nothing to say. */
import { type Call, cameUp, startOf } from "../models/models";
import { clockTime, shownDuration } from "@/lib/duration";
import { bulletList, cellText, inlineText, paragraphText } from "@/lib/markdown-text";
import type { Names } from "../sync-steps/directory";
import { attended, type Person } from "./people";

/** Fields of a CRM object that are shown at most. */
const MOST_FIELDS = 12;

export function facts(call: Call, host: string | undefined, names: Names): string {
  const { metaData, content, context } = call;
  const started = startOf(call);
  const when = [
    started === undefined ? "" : `${started.slice(0, 10)} ${started.slice(11, 16)} UTC`,
    metaData.duration ? shownDuration(metaData.duration) : "",
  ];
  const language = metaData.language;
  const rows: [string, string][] = [
    ["When", when.filter((part) => part !== "").join(", ")],
    ["Host", host ?? ""],
    ["Workspace", names.workspaces.get(metaData.workspaceId ?? "") ?? ""],
    ["Kind", [metaData.scope, metaData.direction].filter((part) => part && part !== "Unknown").join(", ")],
    ["System", metaData.system ?? ""],
    ["Language", language && !["und", "zxx"].includes(language) ? language : ""],
    ["Purpose", metaData.purpose ?? ""],
    ["Outcome", content?.callOutcome?.name ?? ""],
    ["Disposition", metaData.sdrDisposition ?? ""],
    ["Questions", questions(call)],
    ...crmObjects(context),
  ];
  const shown = rows.filter(([, value]) => value.trim() !== "");
  const lines = shown.map(([name, value]) => `- ${inlineText(name)}: ${inlineText(value)}`);
  if (metaData.url) lines.push(`- [Open in Gong](<${encodeURI(decodeSafely(metaData.url))}>)`);
  return lines.join("\n");
}

/** How many questions either side asked; of which ones Gong does not tell. */
function questions({ interaction }: Call): string {
  const { companyCount: own, nonCompanyCount: others } = interaction?.questions ?? {};
  const sides = [
    typeof own === "number" && `${own} internal`,
    typeof others === "number" && `${others} external`,
  ];
  return sides.filter((side) => side !== false).join(", ");
}

/** `Opportunity: Renewal (Stage: Won; Amount: 90000)`. */
function crmObjects(context: Call["context"]): [string, string][] {
  return context.flatMap(({ system, objects }) =>
    objects.map((object): [string, string] => {
      const fields = object.fields.flatMap(({ name, value }) =>
        name &&
        (typeof value === "string" || typeof value === "number" || typeof value === "boolean") &&
        value !== ""
          ? [{ name, value: String(value) }]
          : [],
      );
      const title = fields.find(({ name }) => name === "Name")?.value ?? object.objectId ?? "";
      const others = fields.filter(({ name }) => name !== "Name").slice(0, MOST_FIELDS);
      const details = [system ?? "", ...others.map(({ name, value }) => `${name}: ${value}`)];
      return [
        object.objectType ?? "CRM object",
        `${title} (${details.filter((part) => part !== "").join("; ")})`,
      ];
    }),
  );
}

export function participants(people: readonly Person[]): string {
  if (people.length === 0) return "";
  const rows = people.map(({ party, name, company }) => {
    const side =
      party.affiliation === "Internal" ? "internal" : (company ?? party.affiliation?.toLowerCase());
    const columns = [name, side === "unknown" ? "" : side, party.title, party.emailAddress];
    return `| ${columns.map(cellText).join(" | ")} | ${attended(party) ? "yes" : "invited"} |`;
  });
  return ["| Name | Company | Role | Email | Present |", "| --- | --- | --- | --- | --- |", ...rows].join(
    "\n",
  );
}

export function brief({ content }: Call): string {
  return paragraphText(content?.brief ?? "");
}

export function keyPoints({ content }: Call): string {
  return bulletList((content?.keyPoints ?? []).map(({ text }) => inlineText(text)));
}

export function actionItems({ content }: Call, people: readonly Person[]): string {
  const speaker = new Map(people.map(({ party, name }) => [party.speakerId ?? "", name]));
  return bulletList(
    (content?.pointsOfInterest?.actionItems ?? []).map(({ snippet, speakerID }) => {
      const who = speakerID ? speaker.get(speakerID) : undefined;
      return who === undefined ? inlineText(snippet) : `${inlineText(snippet)} (${inlineText(who)})`;
    }),
  );
}

export function outline({ content }: Call): string {
  return (content?.outline ?? [])
    .map(({ section, startTime, items }) => {
      const time = typeof startTime === "number" ? `[${clockTime(startTime)}] ` : "";
      const points = items.map(({ text, startTime: at }) =>
        typeof at === "number" ? `[${clockTime(at)}] ${inlineText(text)}` : inlineText(text),
      );
      return `### ${time}${inlineText(section ?? "")}\n\n${bulletList(points)}`.trim();
    })
    .join("\n\n");
}

export function highlights({ content }: Call): string {
  return (content?.highlights ?? [])
    .map(
      ({ title, items }) =>
        `### ${inlineText(title ?? "")}\n\n${bulletList(items.map(({ text }) => inlineText(text)))}`,
    )
    .join("\n\n");
}

export function topics({ content }: Call): string {
  const spoken = (content?.topics ?? [])
    .filter(({ duration }) => cameUp(duration))
    .map(({ name, duration }) =>
      duration ? `${inlineText(name)} (${shownDuration(duration)})` : inlineText(name),
    );
  const tracked = (content?.trackers ?? [])
    .filter(({ count }) => cameUp(count))
    .map((tracker) => `${inlineText(tracker.name)} (said ${tracker.count ?? 1} ×${phrasesOf(tracker)})`);
  return bulletList([...spoken, ...tracked]);
}

/** Which of a tracker's phrases were said, of competitors their names; smart trackers have none. */
function phrasesOf({ phrases }: NonNullable<Call["content"]>["trackers"][number]): string {
  const said = phrases.filter(({ count }) => cameUp(count));
  return said.length === 0 ? "" : `: ${said.map(({ phrase }) => inlineText(phrase)).join(", ")}`;
}

/** What colleagues noted beside the call; `@[name](id)` stands for a person. */
export function comments({ collaboration }: Call, names: Names): string {
  return bulletList(
    (collaboration?.publicComments ?? []).map(({ comment, commenterUserId }) => {
      const text = inlineText(comment.replaceAll(/@\[([^\]]{1,200})\]\([^)]{0,100}\)/g, "@$1"));
      const who = names.users.get(commenterUserId ?? "");
      return who === undefined ? text : `${inlineText(who)}: ${text}`;
    }),
  );
}

/** An address that may be escaped already, or hold what is no escape. */
function decodeSafely(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
