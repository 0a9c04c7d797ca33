import type { RenderedArtifact } from "@/core/models/artifact";
import { plainLine } from "@/lib/clean-text";
import { inlineText } from "@/lib/markdown-text";
import { plainGfm } from "@/lib/plain-gfm";
import { type FileItem, fileKey } from "../models/items";

export interface Document {
  title: string;
  markdown: string;
}

/** A markdown file's text with its links made whole; front matter goes, its title stays. */
export function documentOf(text: string, item: FileItem): Document {
  const front = /^---\r?\n([\s\S]{0,20000}?)\r?\n(?:---|\.\.\.)\r?\n/.exec(text);
  const body = front === null ? text : text.slice(front[0].length);
  const markdown = plainGfm(body, (address) => absolute(address, item));
  const named = /^title:[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|([^\n]+))$/m.exec(front?.[1] ?? "");
  const heading = /^ {0,3}#{1,2}[ \t]+(.+?)[ \t]*#*$/m.exec(markdown)?.[1] ?? "";
  const words = named?.[1] ?? named?.[2] ?? named?.[3] ?? unmarked(heading);
  return { title: plainLine(words, 300) || item.path, markdown };
}

export function renderFile(item: FileItem, { title, markdown }: Document): RenderedArtifact {
  const { repository, path } = item;
  return {
    integrationArtifactId: fileKey(item),
    kind: "document",
    title:
      title === path ? `${path} (${repository.full_name})` : `${title} (${repository.full_name}: ${path})`,
    markdown: `${inlineText(repository.full_name)} · ${inlineText(path)}\n\n${markdown}`.trim(),
    url: fileUrl(item),
    metadata: { repository: repository.full_name, path, kind: "file" },
  };
}

/** Where a file is shown at GitHub, whatever characters its path holds. */
export function fileUrl({ repository, path }: FileItem): string {
  return `${treeUrl(repository)}${path.split("/").map(encodeURIComponent).join("/")}`;
}

function treeUrl({ html_url, full_name, default_branch }: FileItem["repository"]): string {
  return `${html_url ?? `https://github.com/${full_name}`}/blob/${default_branch ?? "HEAD"}/`;
}

/** Where a link within a repository leads at GitHub. */
function absolute(address: string, item: FileItem): string {
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/|#)/i.test(address)) return address;
  const base = address.startsWith("/") ? treeUrl(item.repository) : fileUrl(item);
  return URL.parse(address.replace(/^\/+/, ""), base)?.href ?? address;
}

/** A heading's words without its marks and links. */
function unmarked(heading: string): string {
  return heading
    .replaceAll(/!?\[([^\][]*)\]\([^()]*\)/g, "$1")
    .replaceAll(/[*_`~]/g, "")
    .trim();
}
