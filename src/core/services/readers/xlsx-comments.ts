import { toIso } from "@/lib/time";
import type { Comment } from "./comments";
import { type OfficeParts, relationsOf, walkXml } from "./office-parts";

/** The comments of one sheet with their cells: those that are kept as threads, else the notes. */
export function sheetComments(parts: OfficeParts, workbook: string, sheet: string): Comment[] {
  const relations = [...relationsOf(parts, sheet).values()];
  const paths = (kind: string) => relations.filter(({ type }) => type === kind).map(({ path }) => path);
  // A thread is written as a note as well, for programs that know no threads.
  const threaded = paths("threadedComment");
  const people = threaded.length === 0 ? new Map<string, string>() : peopleOf(parts, workbook);
  const said = threaded.flatMap((path) => commentsIn(parts, path, people));
  const cells = new Set(said.map(({ on }) => on));
  const notes = paths("comments").flatMap((path) => commentsIn(parts, path));
  return [...said, ...notes.filter(({ on }) => !cells.has(on))];
}

function peopleOf(parts: OfficeParts, workbook: string): Map<string, string> {
  const people = new Map<string, string>();
  for (const { type, path } of relationsOf(parts, workbook).values()) {
    if (type !== "person") continue;
    walkXml(parts, path, {
      open: (name, { id = "", displayName = "" }) => {
        if (name === "person") people.set(id, displayName);
      },
    });
  }
  return people;
}

/** @param people by id; without them, notes name their author by his place in the list of authors. */
function commentsIn(parts: OfficeParts, path: string, people?: ReadonlyMap<string, string>): Comment[] {
  const comments: Comment[] = [];
  const authors: string[] = [];
  let comment: Comment | undefined;
  let inside = "";
  walkXml(parts, path, {
    open: (name, { ref = "", dT, personId = "", authorId = "" }) => {
      inside = name;
      if (name === "author") authors.push("");
      else if (name === "comment" || name === "threadedComment") {
        const author = people?.get(personId) ?? authors[Number(authorId)] ?? "";
        comments.push((comment = { author, date: toIso(dT), text: "", on: ref }));
      }
    },
    text: (text) => {
      if (inside === "author") authors.push((authors.pop() ?? "") + text);
      else if (comment !== undefined && (inside === "t" || (inside === "text" && people !== undefined)))
        comment.text += text;
    },
    close: (name) => {
      inside = "";
      if (name === "comment" || name === "threadedComment") comment = undefined;
    },
  });
  return comments.map((one) => ({ ...one, text: withoutName(one) }));
}

/** Excel begins a note with its author's name, on a line of its own. */
function withoutName({ author, text }: Comment): string {
  return author !== "" && text.startsWith(`${author}:`) ? text.slice(author.length + 1).trim() : text;
}
