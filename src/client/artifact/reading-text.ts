/**
 * A text without its first heading when that says the same as the title above it, and how many lines went with it.
 */
export function withoutTitle(markdown: string, title: string): { text: string; linesGone: number } {
  const match = /^\s*#[ \t]+([^\n]*?)[ \t#]*(?:\n|$)/.exec(markdown);
  if (match?.[1] !== title || title === "") return { text: markdown, linesGone: 0 };
  const [head] = match;
  return { text: markdown.slice(head.length), linesGone: head.split("\n").length - 1 };
}
