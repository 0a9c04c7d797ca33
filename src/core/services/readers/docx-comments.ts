import { toIso } from "@/lib/time";
import type { Comment } from "./comments";
import { type OfficeParts, relationsOf, walkXml } from "./office-parts";

/** Enough of the words that a comment is about to find them again. */
const LONGEST_ON = 500;

/** The document's own part; programs may name it as they like. */
export function mainPart(parts: OfficeParts): string {
  const main = [...relationsOf(parts, "").values()].find(({ type }) => type === "officeDocument");
  return main?.path ?? "word/document.xml";
}

/** The comments of a Word document, in the order they were made, with the words that each is about. */
export function docxComments(parts: OfficeParts): Comment[] {
  const main = mainPart(parts);
  const relation = [...relationsOf(parts, main).values()].find(({ type }) => type === "comments");
  if (relation === undefined) return [];
  const comments = new Map<string, Comment>();
  let comment: Comment | undefined;
  let inText = false;
  walkXml(parts, relation.path, {
    open: (name, attributes) => {
      if (name === "comment") {
        const { "w:id": id = "", "w:author": author = "", "w:date": date } = attributes;
        comment = { author, date: toIso(date), text: "", on: "" };
        comments.set(id, comment);
      } else if (name === "t") inText = true;
      else if (comment !== undefined && ["p", "br", "tab"].includes(name)) comment.text += " ";
    },
    text: (text) => {
      if (comment !== undefined && inText) comment.text += text;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "comment") comment = undefined;
    },
  });
  addWords(parts, main, comments);
  return [...comments.values()];
}

function addWords(parts: OfficeParts, main: string, comments: ReadonlyMap<string, Comment>): void {
  const open = new Map<string, Comment>();
  let inText = false;
  const hear = (text: string) => {
    for (const comment of open.values()) {
      const on = comment.on ?? "";
      if (on.length < LONGEST_ON) comment.on = on + text;
    }
  };
  walkXml(parts, main, {
    open: (name, { "w:id": id = "" }) => {
      const comment = comments.get(id);
      if (name === "commentRangeStart" && comment !== undefined) open.set(id, comment);
      else if (name === "commentRangeEnd") open.delete(id);
      else if (name === "t") inText = true;
      else if (name === "p" || name === "tab" || name === "br") hear(" ");
    },
    text: (text) => {
      if (inText) hear(text);
    },
    close: (name) => {
      if (name === "t") inText = false;
    },
  });
}
