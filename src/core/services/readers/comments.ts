import { inlineText } from "@/lib/markdown-text";

/** Comments of one document that are shown. */
const MOST_COMMENTS = 1_000;
const LONGEST_QUOTE = 120;

/** A remark in a document's margin. */
export interface Comment {
  author: string;
  /** ISO-8601, when it is known. */
  date: string | undefined;
  text: string;
  /** The words it is about, or the cell. */
  on?: string;
}

/** A document's comments as a list below a heading; empty when there are none. */
export function commentsMarkdown(comments: readonly Comment[], level = 2): string {
  const said = comments.filter(({ text }) => text.trim() !== "");
  if (said.length === 0) return "";
  const lines = said.slice(0, MOST_COMMENTS).map(({ author, date, text, on }) => {
    const who = inlineText(author);
    const about = quoted(on ?? "");
    const day = date?.slice(0, 10) ?? "";
    const head = [
      who === "" ? "" : `**${who}**`,
      about === "" ? "" : `on “${about}”`,
      day === "" ? "" : `(${day})`,
    ].filter((part) => part !== "");
    return `- ${head.join(" ")}${head.length === 0 ? "" : ": "}${inlineText(text.replaceAll(/\s+/g, " "))}`;
  });
  if (said.length > lines.length) lines.push(`- ${said.length - lines.length} more`);
  return `${"#".repeat(level)} Comments\n\n${lines.join("\n")}`;
}

function quoted(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return inlineText(line.length <= LONGEST_QUOTE ? line : `${line.slice(0, LONGEST_QUOTE).toWellFormed()}…`);
}
