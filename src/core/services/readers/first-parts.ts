/**
 * The first `most` of a document's parts as `show` gives them, and last a visible note where there are more.
 *
 * @param what the parts' name in the plural, e.g. `slides`
 */
export function firstParts<Part>(
  parts: readonly Part[],
  most: number,
  what: string,
  show: (part: Part, index: number) => string,
): string[] {
  const shown = parts.slice(0, most).map(show);
  if (parts.length <= shown.length) return shown;
  return [...shown, `> There are ${parts.length} ${what}; the first ${shown.length} are shown.`];
}
