/** The target of `rel="next"` in a Link header (RFC 8288), made absolute; undefined when there is none. */
export function nextLink(header: string | null, base: string): string | undefined {
  const links = (header ?? "").slice(0, 20_000).matchAll(/<([^<>]*)>((?:\s*;[^,;"]*(?:"[^"]*")?)*)/g);
  for (const [, target = "", parameters = ""] of links) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(parameters);
    const names = (relation?.[1] ?? relation?.[2] ?? "").toLowerCase().split(/\s+/);
    if (names.includes("next")) return URL.parse(target, base)?.href;
  }
  return undefined;
}
