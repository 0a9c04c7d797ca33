import type { RenderedArtifact } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { factList, inlineText, lineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import type { Page } from "../models/models";
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
  const said: string[] = [];
  const at = (one: Page["comments"][number]) => one.version?.createdAt ?? "";
  for (const comment of page.comments.toSorted((a, b) => (at(a) < at(b) ? -1 : 1))) {
    const day = toIso(at(comment))?.slice(0, 10) ?? "";
    const head = `**${inlineText(person(comment.version?.authorId) ?? "Somebody")}** ${day}`.trim();
    said.push(`${head}: ${await read(comment.body?.storage?.value ?? "", 4)}`);
  }
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
