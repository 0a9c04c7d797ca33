/** Puts `text` verbatim into a code fence that is longer than any run of backticks in it. */
export function fenced(text: string, language = ""): string {
  let longest = 2;
  for (const run of text.matchAll(/`{3,}/g)) longest = Math.max(longest, run[0].length);
  const fence = "`".repeat(longest + 1);
  const body = text.endsWith("\n") ? text.slice(0, -1) : text;
  return `${fence}${language}\n${body}\n${fence}`;
}
