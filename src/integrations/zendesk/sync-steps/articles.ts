import type { RenderedArtifact, SyncContext } from "@/core/models/models";
import { htmlText } from "@/core/services/readers/html-text";
import { ownRows } from "@/core/services/sync/kept-rows";
import { restStream } from "@/core/services/sync/rest-stream";
import type { Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { factList, lineText } from "@/lib/markdown-text";
import { toIso } from "@/lib/time";
import { zendeskArticle } from "../db/schema";
import { type Item, itemSchema, itemsOf, nextOf, segmentsOf } from "../models/models";
import { readElsewhere } from "../render/article-html";
import { assertKnown, zendeskHttp } from "../zendesk-http";

/** Raised when the same article is rendered differently from now on, so that each is written again once. */
const RENDERING = 2;

/** The published articles of a help centre. Each sync lists them all: nothing else tells of deletions. */
export function articlesStream(context: SyncContext): Stream<Item> {
  const zendesk = zendeskHttp(context, context.credential);
  const { http, base } = zendesk;
  return restStream({
    name: "articles",
    rendering: RENDERING,
    http,
    url: `${base}/help_center/articles.json`,
    // In the order in which they were made, which stays: by position, as they come otherwise, one that is moved while pages
    // are read is passed over, and would pass for deleted.
    query: {
      "page[size]": 100,
      sort_by: "created_at",
      sort_order: "asc",
      include: "users,sections,categories",
    },
    paging: { kind: "cursor", parameter: "page[after]", next: nextOf },
    items: itemsOf,
    item: itemSchema,
    key: ({ article }) => article.id,
    // A visitor sees the articles that are open to everybody: the others would pass for deleted.
    prove: () => assertKnown(zendesk, context.signal),
    removed: ({ article }) => (article.draft === true ? "hidden" : undefined),
    render: (item) => renderArticle(item, context.signal),
    rows: articleRows,
  });
}

/** One row an article. */
export const articleRows = ownRows(zendeskArticle, zendeskArticle.articleId, (item: Item, account) =>
  rowOf(item, account),
);

function rowOf(item: Item, account: string) {
  const { article, ...names } = item;
  return {
    account,
    articleId: article.id,
    title: titleOf(article.title),
    category: names.category ?? null,
    section: names.section ?? null,
    author: names.author ?? null,
    locale: article.locale ?? null,
    labels: article.label_names,
    segment: segmentsOf(item).join(",") || null,
    editedAt: toIso(article.edited_at ?? article.updated_at) ?? null,
    url: article.html_url ?? null,
  };
}

const titleOf = (title: string | null | undefined) => plainLine(title ?? "", 300) || "Untitled";

async function renderArticle(item: Item, signal: AbortSignal): Promise<RenderedArtifact> {
  const { article, author, section, category } = item;
  const title = titleOf(article.title);
  const facts = factList({
    In: [category, section].filter(Boolean).join(" / "),
    "Written by": author,
    Labels: article.label_names.join(", "),
    "Read by": segmentsOf(item).length > 0 ? "some people only" : undefined,
  });
  const html = readElsewhere(article.body ?? "", article.html_url ?? "");
  const body = await htmlText(html, { name: title, level: 2, signal });
  return {
    integrationArtifactId: `zendesk:article:${article.id}`,
    kind: "document",
    title,
    markdown: [`# ${lineText(title)}`, facts, body].filter((part) => part !== "").join("\n\n"),
    url: URL.canParse(article.html_url ?? "") ? (article.html_url ?? undefined) : undefined,
    author: author ?? undefined,
    artifactDate: toIso(article.edited_at ?? article.updated_at),
  };
}
