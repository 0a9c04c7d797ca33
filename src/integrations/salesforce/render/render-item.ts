import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { plainLine } from "@/lib/clean-text";
import { factList, lineText, paragraphText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Kind } from "../models/kinds";
import type { Item, Part } from "../sync-steps/items";
import { HTML, isLong } from "../sync-steps/shape";
import { DESCRIPTION, factsOf, textsOf } from "./facts";
import { peopleText, stagesText } from "./deal-text";
import { talkText } from "./talk-text";
import { ownValue } from "./words";

/**
 * @param hanging what hangs on it, oldest first.
 * @param html the text of a note that has it apart.
 */
export async function renderItem(
  kind: Kind,
  item: Item,
  hanging: readonly Part[],
  { html, signal }: { html?: string | undefined; signal: AbortSignal },
): Promise<RenderedArtifact> {
  const { values } = item;
  const title = titleOf(kind, item);
  const talk = await talkText(hanging, signal);
  const facts = factList({
    ...factsOf[kind.object]?.(values, item),
    ...ownFacts(item),
    "Record type": values["RecordType.Name"],
    Owner: values["Owner.Name"],
  });
  const parts = [
    `# ${lineText(title)}`,
    facts,
    ...(html === undefined
      ? (textsOf[kind.object] ?? DESCRIPTION).map((name) => paragraphText(values[name] ?? ""))
      : [await htmlText(html, { name: title, level: 2, signal })]),
    ...(await ownTexts(item, title, signal)),
    peopleText(hanging),
    stagesText(hanging, values),
    talk,
  ];
  return {
    integrationArtifactId: `salesforce:${kind.name}:${item.key}`,
    kind: talk === "" ? "document" : "conversation",
    title,
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    url: item.url,
    author: values["Owner.Name"] ?? values["CreatedBy.Name"],
    artifactDate: atOf(kind, item),
  };
}

/** What a record is called; one without a name of its own by its object, and whom it is about. */
export function titleOf(kind: Kind, { values, label, id, ...item }: Item): string {
  const own = plainLine(values["Name"] ?? values["Subject"] ?? values["Title"] ?? "", 300);
  if (own !== "") return own;
  if (kind.object === "Case") return `Case ${values["CaseNumber"] ?? id}`;
  const about = values["What.Name"] ?? values["Who.Name"] ?? values["Parent.Name"];
  const day = atOf(kind, { ...item, values, label, id })?.slice(0, 10);
  const word = plainLine(label) || kind.name;
  return about === undefined
    ? `${word} ${id}`
    : plainLine([`${word} about ${about}`, day].filter(Boolean).join(", "), 300);
}

/** When it takes place or is due; of all others when it was changed. */
export function atOf({ object }: Kind, { values, updatedAt, createdAt }: Item): string | undefined {
  if (object === "Event") return toIso(values["StartDateTime"] ?? values["ActivityDate"]) ?? createdAt;
  if (object === "Task") return toIso(values["CompletedDateTime"] ?? values["ActivityDate"]) ?? createdAt;
  if (object === "Knowledge__kav") return toIso(values["LastPublishedDate"]) ?? updatedAt;
  return updatedAt ?? createdAt;
}

/** Short fields of the organisation's own by their labels; one that is called as another before it keeps its name. */
function ownFacts({ own, values }: Item): Record<string, string | undefined> {
  const facts: Record<string, string | undefined> = {};
  for (const field of own.filter((one) => !isLong(one))) {
    const label = plainLine(field.label, 80);
    facts[label in facts ? `${label} (${field.name})` : label] = ownValue(field.type, field.value, values);
  }
  return facts;
}

async function ownTexts({ own }: Item, title: string, signal: AbortSignal): Promise<string[]> {
  const parts: string[] = [];
  for (const { label, type, value } of own.filter(isLong)) {
    const text =
      type === HTML ? await htmlText(value, { name: title, level: 3, signal }) : paragraphText(value);
    if (text !== "") parts.push(`## ${lineText(plainLine(label, 80))}`, text);
  }
  return parts;
}
