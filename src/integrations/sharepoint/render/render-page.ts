import type { RenderedArtifact } from "@/core/models/artifact";
import { htmlText } from "@/core/services/readers/html-text";
import { factList, lineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import { nameOf, type PageContent, type WebPart } from "../models/models";
import { keyOf, type PageItem, titleOf } from "../sync-steps/page-item";

const LEVELS: Readonly<Record<string, string>> = { draft: "draft", checkout: "being edited" };

/** A site page: where it stands, who wrote it, then its web parts in the order in which they stand on it. */
export async function renderPage(
  item: PageItem,
  content: PageContent,
  signal: AbortSignal,
): Promise<RenderedArtifact> {
  const { page, site } = item;
  const title = titleOf(item);
  const [author, editor] = [nameOf(page.createdBy), nameOf(page.lastModifiedBy)];
  const facts = factList({
    In: `${site.name} / Pages`,
    "Written by": author,
    "Last edited by": editor === author ? undefined : editor,
    State: LEVELS[page.publishingState?.level ?? ""],
    Description: page.description,
  });
  const text = await htmlText(pageHtml(content), { name: title, level: 2, signal });
  return {
    integrationArtifactId: `sharepoint:page:${keyOf(item)}`,
    kind: "document",
    title,
    markdown: [`# ${lineText(title)}`, facts, text].filter((part) => part !== "").join("\n\n"),
    url: page.webUrl && URL.canParse(page.webUrl) ? page.webUrl : undefined,
    author,
    artifactDate: toIso(page.lastModifiedDateTime),
    metadata: { path: `${site.name}/Pages` },
  };
}

/** Everything that stands on a page as one text of HTML. Pictures, and lists that are made as somebody looks, have none. */
function pageHtml({ titleArea, canvasLayout }: PageContent): string {
  const columns = [
    ...canvasLayout.horizontalSections.flatMap(({ columns: inside }) => inside),
    ...(canvasLayout.verticalSection ? [canvasLayout.verticalSection] : []),
  ];
  const above = titleArea?.textAboveTitle ? `<p>${escaped(titleArea.textAboveTitle)}</p>` : "";
  return above + columns.flatMap(({ webparts }) => webparts.map(partHtml)).join("\n");
}

function partHtml({ innerHtml, data }: WebPart): string {
  if (innerHtml) return `<div>${innerHtml}</div>`;
  const { htmlStrings = [], searchablePlainTexts = [], links = [] } = data?.serverProcessedContent ?? {};
  const entry = (key: string | null | undefined) => key?.split(".")[0];
  const texts = searchablePlainTexts.flatMap(({ key, value }) => {
    if (!value) return [];
    const link = links.find((one) => /^https:/i.test(one.value ?? "") && entry(one.key) === entry(key));
    return `<p>${link ? `<a href="${escaped(link.value ?? "")}">${escaped(value)}</a>` : escaped(value)}</p>`;
  });
  const html = htmlStrings.flatMap(({ value }) => (value ? `<div>${value}</div>` : []));
  if (texts.length + html.length === 0) return "";
  return [data?.title ? `<h2>${escaped(data.title)}</h2>` : "", ...texts, ...html].join("");
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
