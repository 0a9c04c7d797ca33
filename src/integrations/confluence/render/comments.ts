/** What people said below a page and in its text. */
import { plainLine } from "@/lib/clean-text";
import { inlineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Comment } from "../models/models";

interface Reader {
  person: (id: string | null | undefined) => string | undefined;
  /** Storage format as markdown. */
  read: (storage: string) => Promise<string>;
}

/** One text a comment, oldest first, each followed by its answers. */
export async function commentTexts(
  comments: readonly Comment[],
  { person, read }: Reader,
): Promise<string[]> {
  const known = new Map(comments.map((one) => [one.id, one]));
  const nameOf = (one: Comment) => inlineText(person(one.version?.authorId) ?? "Somebody");
  const texts: string[] = [];
  for (const comment of inThreads(comments, known)) {
    const answered = known.get(comment.parentCommentId ?? "");
    const about = answered === undefined ? marksOf(comment) : [`to ${nameOf(answered)}`];
    const head = [`**${nameOf(comment)}** ${toIso(timeOf(comment))?.slice(0, 10) ?? ""}`.trim(), ...about];
    texts.push(`${head.join(", ")}: ${await read(comment.body?.storage?.value ?? "")}`);
  }
  return texts;
}

/** The words that a comment stands at, and whether it is settled, as a reader of the page sees it. */
function marksOf({ resolutionStatus, properties }: Comment): string[] {
  const words = plainLine(properties?.inlineOriginalSelection ?? "", 200);
  const gone = resolutionStatus === "dangling" ? " (not there any more)" : "";
  return [
    ...(words === "" ? [] : [`at “${inlineText(words)}”${gone}`]),
    ...(resolutionStatus === "resolved" ? ["resolved"] : []),
  ];
}

const timeOf = (one: Comment | undefined) => one?.version?.createdAt ?? "";
const byText = (a: string, b: string) => Number(a > b) - Number(a < b);

function inThreads(comments: readonly Comment[], known: ReadonlyMap<string, Comment>): Comment[] {
  const roots = new Map(comments.map((one) => [one.id, rootOf(one, known)]));
  const root = ({ id }: Comment) => roots.get(id);
  return comments.toSorted(
    (a, b) =>
      byText(timeOf(root(a)), timeOf(root(b))) ||
      byText(root(a)?.id ?? "", root(b)?.id ?? "") ||
      // An answer that was not edited may be older than the edited comment that it answers.
      Number(root(b) === b) - Number(root(a) === a) ||
      byText(timeOf(a), timeOf(b)),
  );
}

/** The comment that a thread began with, as far as it is known. */
function rootOf(comment: Comment, known: ReadonlyMap<string, Comment>): Comment {
  const met = new Set<Comment>();
  let root = comment;
  for (let above: Comment | undefined = root; above !== undefined && !met.has(above);) {
    met.add(above);
    root = above;
    above = known.get(above.parentCommentId ?? "");
  }
  return root;
}
