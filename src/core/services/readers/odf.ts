import { toIso } from "@/lib/time";
import type { Comment } from "./comments";
import type { OdfComment, OdfStyles } from "./odf-html";
import { damagedOffice, lockedOffice, type OfficeParts, officeParts, walkXml } from "./office-parts";
import type { DocumentInput, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

/** The text and the styles of an OpenDocument file. */
export const CONTENT = "content.xml";
const STYLES = "styles.xml";

/** @throws ItemError when the file is locked, damaged, or unpacks to far more than a document holds. */
export function odfParts(input: DocumentInput): OfficeParts {
  const parts = officeParts(input);
  let locked = false;
  walkXml(parts, "META-INF/manifest.xml", {
    open: (name) => {
      if (name === "encryption-data") locked = true;
    },
  });
  if (locked) throw lockedOffice(input);
  if (parts[CONTENT] === undefined) throw damagedOffice(input);
  return parts;
}

/** Lists with numbers as `name level`, and paragraphs that are titles, also by way of the style they are based on. */
export function odfStyles(parts: OfficeParts): OdfStyles {
  const numbered = new Set<string>();
  const titles = new Set(["Title"]);
  let list = "";
  for (const part of [STYLES, CONTENT]) {
    walkXml(parts, part, {
      open: (name, attributes) => {
        const style = attributes["style:name"] ?? "";
        if (name === "list-style") list = style;
        else if (name === "list-level-style-number" && attributes["style:num-format"] !== "")
          numbered.add(`${list} ${attributes["text:level"] ?? "1"}`);
        else if (name === "style" && titles.has(attributes["style:parent-style-name"] ?? ""))
          titles.add(style);
      },
    });
  }
  return { numbered, titles };
}

/** Title, author and date of a document. */
export function odfFacts(parts: OfficeParts): Pick<ReaderResult, "title" | "author" | "artifactDate"> {
  const facts = new Map<string, string>();
  let open = "";
  walkXml(parts, "meta.xml", {
    open: (name) => (open = name),
    text: (text) => facts.set(open, (facts.get(open) ?? "") + text),
    close: () => (open = ""),
  });
  const author = cleanTitle(facts.get("creator") ?? facts.get("initial-creator") ?? "");
  const date = odfDate(facts.get("date") ?? facts.get("creation-date"));
  return {
    title: cleanTitle(facts.get("title") ?? "") || undefined,
    ...(author === "" ? {} : { author }),
    ...(date === undefined ? {} : { artifactDate: date }),
  };
}

/** Times are written without a zone; the day is right all the same. */
function odfDate(written: string | undefined): string | undefined {
  return toIso(written === undefined || /Z$|[+-]\d\d:?\d\d$/.test(written) ? written : `${written}Z`);
}

export function odfComments(comments: readonly OdfComment[]): Comment[] {
  return comments.map(({ author, date, text }) => ({ author, date: odfDate(date), text }));
}
