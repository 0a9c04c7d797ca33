/** The markdown endpoint: a page's content, or that of a block which a large page leaves out. */
import type { GetPageMarkdownResponse } from "@notionhq/client/build/src/api-endpoints";
import { childrenOf, type FakePage, pageUrl, plain, type State } from "./state";

/** The block that stands for what a page leaves out. */
export function restBlockId(page: FakePage): string {
  return page.id.replace(/^.{8}/, "0b10c000");
}

export function pageMarkdown(state: State, page: FakePage): GetPageMarkdownResponse {
  const shown = page.content.slice(0, page.cutAt).map(({ enhanced }) => enhanced);
  const rest = page.cutAt !== undefined && page.cutAt < page.content.length ? [restBlockId(page)] : [];
  const unknown = rest.map((id) => `<unknown url="${pageUrl(page.id)}#${plain(id)}" alt="Toggle"/>`);
  return {
    object: "page_markdown",
    id: page.id,
    markdown: [...shown, ...unknown, ...childLines(state, page)].join("\n"),
    truncated: rest.length > 0,
    unknown_block_ids: rest,
  };
}

export function restMarkdown(page: FakePage): GetPageMarkdownResponse {
  return {
    object: "page_markdown",
    id: restBlockId(page),
    markdown: page.content
      .slice(page.cutAt)
      .map(({ enhanced }) => enhanced)
      .join("\n"),
    truncated: false,
    unknown_block_ids: [],
  };
}

function childLines(state: State, page: FakePage): string[] {
  const { pages, sources } = childrenOf(state, page.id);
  return [
    ...pages.map((child) => `<page url="${pageUrl(child.id)}">${child.title}</page>`),
    ...sources.map(
      (source) =>
        `<database url="${pageUrl(source.databaseId)}" inline="false" data-source-url="collection://${source.id}">${source.title}</database>`,
    ),
  ];
}
