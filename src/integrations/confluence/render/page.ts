import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { factList, lineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Page } from "../models/models";
import { commentTexts } from "./comments";
import { type Names, storageToHtml } from "./storage";

interface Content {
  title: string;
  url: string | undefined;
  /** Storage format. */
  body: string;
  names: Names;
  signal: AbortSignal;
}

/** A page with where it lies, its text, and what people said about it, oldest first. */
export async function renderPage(
  page: Page,
  { title, url, body, names, signal }: Content,
): Promise<RenderedArtifact> {
  const person = (id: string | null | undefined) => names.person(id ?? "") || undefined;
  const read = (storage: string, level: number) =>
    htmlText(storageToHtml(storage, names), { name: title, level, signal });
  const editor = page.version?.authorId === page.authorId ? undefined : person(page.version?.authorId);
  const facts = factList({
    In: page.path.join(" / "),
    "Written by": person(page.authorId),
    "Last edited by": editor,
  });
  const said = await commentTexts(page.comments, { person, read: (storage) => read(storage, 4) });
  const comments = said.length === 0 ? [] : ["## Comments", ...said];
  return {
    integrationArtifactId: `confluence:${page.id}`,
    kind: "document",
    title,
    markdown: [`# ${lineText(title)}`, facts, await read(body, 2), ...comments]
      .filter((part) => part !== "")
      .join("\n\n"),
    url,
    author: person(page.authorId),
    artifactDate: toIso(page.version?.createdAt ?? page.createdAt),
    metadata: { path: page.path.join("/") },
  };
}
