import { toIso } from "@/lib/time";
import type { Comment } from "./comments";
import { type OfficeParts, relationsOf, walkXml } from "./office-parts";

/** Who may have commented, by id: the presentation refers to one list of old comments' authors, and one of new ones'. */
export function commentAuthors(parts: OfficeParts, presentation: string): Map<string, string> {
  const authors = new Map<string, string>();
  for (const { type, path } of relationsOf(parts, presentation).values()) {
    if (type !== "commentAuthors" && type !== "authors") continue;
    walkXml(parts, path, {
      open: (name, { id = "", name: called = "" }) => {
        if (name === "cmAuthor" || name === "author") authors.set(id, called);
      },
    });
  }
  return authors;
}

/** A slide's comments and the answers to them, of the old kind and of the one that is kept as threads. */
export function slideComments(
  parts: OfficeParts,
  slide: string,
  authors: ReadonlyMap<string, string>,
): Comment[] {
  const relations = [...relationsOf(parts, slide).values()].filter(({ type }) => type === "comments");
  return relations.flatMap(({ path }) => commentsIn(parts, path, authors));
}

function commentsIn(parts: OfficeParts, path: string, authors: ReadonlyMap<string, string>): Comment[] {
  const comments: Comment[] = [];
  // Answers stand within their comment, some before its own text.
  const open: Comment[] = [];
  let inText = false;
  walkXml(parts, path, {
    open: (name, { authorId = "", dt, created }) => {
      const comment = open.at(-1);
      if (name === "cm" || name === "reply") {
        const made = { author: authors.get(authorId) ?? "", date: toIso(created ?? dt), text: "" };
        comments.push(made);
        open.push(made);
      } else if (name === "t" || name === "text") inText = true;
      else if (name === "p" && comment !== undefined && comment.text !== "") comment.text += " ";
    },
    text: (text) => {
      const comment = open.at(-1);
      if (inText && comment !== undefined) comment.text += text;
    },
    close: (name) => {
      if (name === "t" || name === "text") inText = false;
      else if (name === "cm" || name === "reply") open.pop();
    },
  });
  return comments;
}
