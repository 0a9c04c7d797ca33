/** A text without its first heading when that says the same as the title above it. */
export function withoutTitle(markdown: string, title: string): string {
  const match = /^\s*#[ \t]+([^\n]*?)[ \t#]*(?:\n|$)/.exec(markdown);
  return match?.[1] === title && title !== "" ? markdown.slice(match[0].length) : markdown;
}
