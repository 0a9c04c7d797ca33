/**
 * Markdown of at most `limit` characters (UTF-16 units), cut at the end of a line where there is one near, with
 * an open code fence closed. Unchanged when it is short enough.
 */
export function cutMarkdown(markdown: string, limit: number): string {
  if (markdown.length <= limit) return markdown;
  const hard = markdown.slice(0, limit).replace(/[\ud800-\udbff]$/, "");
  const lineEnd = hard.lastIndexOf("\n");
  const kept = lineEnd > limit * 0.9 ? hard.slice(0, lineEnd) : hard;
  const fence = openFence(kept);
  return fence === undefined ? kept : `${kept}\n${fence}`;
}

/** The fence that would end the code block that `markdown` ends in; undefined when it ends in none. */
function openFence(markdown: string): string | undefined {
  let open: string | undefined;
  for (const match of markdown.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    const [, fence = "", rest = ""] = match;
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && rest.trim() === "") open = undefined;
  }
  return open;
}
