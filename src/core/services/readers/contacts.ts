import { factList, inlineText } from "@/lib/markdown-text";
import { nestedMarkdown } from "@/lib/nested-markdown";
import { type ContentLine, contentLines } from "./content-lines";
import { firstParts } from "./first-parts";
import type { ReaderResult, TextReader } from "./reader";

const MOST_CONTACTS = 5_000;

/** An address book (`.vcf`): each person or company below its name, with how to reach them. */
export const readContacts: TextReader = (_input, text): ReaderResult => {
  const contacts: ContentLine[][] = [];
  for (const line of contentLines(text)) {
    if (line.name === "BEGIN") contacts.push([]);
    else contacts.at(-1)?.push(line);
  }
  if (contacts.length === 0) return { markdown: text, kind: "document" };
  const shown = firstParts(contacts, MOST_CONTACTS, "contacts", (lines) => contactMarkdown(lines));
  const [only] = contacts.length === 1 ? contacts : [];
  return {
    title: only === undefined ? undefined : nameOf(only),
    markdown: shown.join("\n\n"),
    kind: "document",
    metadata: { contacts: contacts.length },
  };
};

function contactMarkdown(lines: readonly ContentLine[]): string {
  const name = inlineText(nameOf(lines).replaceAll("\n", " "));
  const facts = factList({
    Organisation: all(lines, "ORG"),
    Title: all(lines, "TITLE"),
    Role: all(lines, "ROLE"),
    Email: all(lines, "EMAIL"),
    Phone: all(lines, "TEL").replaceAll("tel:", ""),
    Address: all(lines, "ADR"),
    Birthday: all(lines, "BDAY"),
    Link: all(lines, "URL"),
    Groups: all(lines, "CATEGORIES"),
  });
  const note = nestedMarkdown(lines.find((line) => line.name === "NOTE")?.value ?? "", 3);
  return [`## ${name === "" ? "Without a name" : name}`, facts, note]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** The name as it is shown, else put together of the given and the family name. */
function nameOf(lines: readonly ContentLine[]): string {
  const shown = all(lines, "FN");
  if (shown !== "") return shown;
  const [family = "", given = ""] = lines.find(({ name }) => name === "N")?.parts ?? [];
  return `${given} ${family}`.trim() || all(lines, "ORG");
}

function all(lines: readonly ContentLine[], wanted: string): string {
  return lines
    .filter(({ name }) => name === wanted)
    .map(({ parts }) => parts.map((part) => part.replaceAll("\n", " ")).filter((part) => part !== ""))
    .filter((parts) => parts.length > 0)
    .map((parts) => parts.join(", "))
    .join("; ");
}
