import type { JsonValue } from "@/core/models/artifact";
import type { Block } from "./blocks";
import { NameFinder } from "./entity-names";
import { patternEntities } from "./entity-patterns";
import { EntityTally } from "./entity-tally";
import { isRole } from "./speakers";
import { ANALYSED_CHARACTERS, type InsightInput, LIMITS } from "./types";
import type { LanguageGuess } from "./language";

/** Metadata fields whose values are names: of topics, or of people. */
const namingFields = [
  "tags",
  "labels",
  "keywords",
  "topics",
  "participants",
  "attendees",
  "people",
  "speakers",
  "authors",
  "assignee",
  "assignees",
  "project",
] as const;

/** Up to 25 names that the text is about or that take part in it, the weightiest first. */
export function entitiesOf(
  artifact: InsightInput,
  blocks: readonly Block[],
  language: LanguageGuess,
): string[] {
  const tally = new EntityTally();
  givenNames(artifact, tally);
  const names = new NameFinder(language);
  names.read(artifact.title, "heading");
  for (const block of blocks) {
    if (block.speaker !== undefined && !isRole(block.speaker)) tally.add(block.speaker, "given", 1);
    if (block.role === "fact") names.readFact(block.text);
    else if (block.role === "cell" && artifact.kind === "table") names.readValue(block.text);
    else names.read(block.text, block.role === "heading" || block.role === "cell" ? block.role : "text");
  }
  names.tell(tally);
  patternEntities(artifact.markdown.slice(0, ANALYSED_CHARACTERS), tally, artifact.kind === "code");
  return tally.best(LIMITS.entities);
}

function givenNames(artifact: InsightInput, tally: EntityTally): void {
  const author = authorName(artifact);
  if (author !== "") tally.add(author, "given", 1);
  for (const field of namingFields) {
    for (const name of namesIn(artifact.metadata?.[field]).slice(0, 20)) tally.add(name, "given", 1);
  }
}

/** Who wrote it, without the address behind the name. Empty where it lists those who take part, each given by name. */
function authorName({ author, metadata }: InsightInput): string {
  const name = (author ?? "").replace(/\s*[(<][^()<>]{1,200}@[^()<>]{1,200}[)>]\s*$/, "").trim();
  const people = new Set(namesIn(metadata?.["participants"]));
  return name.split(", ").every((part) => people.has(part)) ? "" : name;
}

/** A name, a list of names, or objects with a name. */
function namesIn(value: JsonValue | undefined): string[] {
  if (typeof value === "string") return value.length <= LIMITS.entityLength ? [value] : [];
  if (Array.isArray(value))
    return value.slice(0, 50).flatMap((entry) => (Array.isArray(entry) ? [] : namesIn(entry)));
  if (value !== null && typeof value === "object") {
    const { name } = value;
    return typeof name === "string" ? [name] : [];
  }
  return [];
}
