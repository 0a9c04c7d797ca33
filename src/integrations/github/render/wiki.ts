import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { type WikiItem, wikiKey } from "../models/items";

/** A page of a wiki: GitHub takes its title from the file's name. */
export function wikiTitle(path: string): string {
  const name = path.split("/").at(-1) ?? path;
  return plainLine(name.replace(/\.[a-z]+$/i, "").replaceAll("-", " "), 300) || path;
}

export function wikiUrl({ repository, path }: WikiItem): string {
  const name = (path.split("/").at(-1) ?? path).replace(/\.[a-z]+$/i, "");
  return `${repository.html_url ?? `https://github.com/${repository.full_name}`}/wiki/${encodeURIComponent(name)}`;
}

export function renderWikiPage(item: WikiItem): RenderedArtifact {
  const { repository, path, text } = item;
  const title = wikiTitle(path);
  const base = `${wikiUrl(item).replace(/\/[^/]*$/, "")}/`;
  const body = plainGfm(withWikiLinks(text), (address) =>
    /^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address) ? address : (URL.parse(address, base)?.href ?? address),
  );
  return {
    integrationArtifactId: wikiKey(item),
    kind: "document",
    title: `${title} (${repository.full_name}, wiki)`,
    markdown: `${inlineText(repository.full_name)} · wiki · ${inlineText(title)}\n\n${body}`.trim(),
    url: wikiUrl(item),
    metadata: { repository: repository.full_name, path, kind: "wiki" },
  };
}

/** `[[Page]]` and `[[words|Page]]`, as wikis link. */
function withWikiLinks(text: string): string {
  return text.replaceAll(
    /\[\[([^\][|\n]{1,200})(?:\|([^\][\n]{1,200}))?\]\]/g,
    (_all, words: string, page?: string) => {
      const target = (page ?? words).trim().replaceAll(" ", "-");
      return `[${words.trim()}](${encodeURIComponent(target)})`;
    },
  );
}
