import { ItemError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/models";
import { MissingError } from "@/core/services/http/errors";
import { ownRows } from "@/core/services/sync/kept-rows";
import { type RestListing, restStream } from "@/core/services/sync/rest-stream";
import type { Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { toIso } from "@/lib/time";
import { type ConfluenceApi, PAGE_SIZE } from "../api";
import { confluencePage } from "../db/schema";
import { listSchema, type Options, type Page, pageSchema } from "../models/models";
import { renderPage } from "../render/page";
import { peopleIn } from "../render/storage";
import { type Named, nameOf, Tree } from "./tree";

/** Raised when the same page is rendered differently from now on, so that each is written again once. */
const RENDERING = 2;

export const titleOf = (page: Page) => plainLine(page.title ?? "", 300) || "Untitled";

/**
 * All pages or all blog posts of a site. Each sync lists them all, 250 a request and without their text, so that
 * edits, moves, deletions and permissions are seen alike; the text of new and changed ones is asked for in fifties.
 */
export function contentStream(
  context: SyncContext,
  api: ConfluenceApi,
  kind: Named,
  options: Options,
): Stream<Page> {
  return restStream({
    name: kind,
    rendering: RENDERING,
    http: api.http,
    url: `${api.base}/${kind}`,
    query: {
      status: "current",
      sort: "id",
      limit: PAGE_SIZE,
      ...(options.spaces.length > 0 && { "space-id": options.spaces }),
    },
    paging: { kind: "link" },
    items: (body) => listSchema.parse(body).results,
    item: pageSchema,
    key: (page) => page.id,
    prove: api.assertKnown,
    ...pagesRead(context, api, kind, options),
  });
}

/** What follows once pages are listed: their place in the tree, their comments and texts, and who is named in them. */
function pagesRead(
  context: SyncContext,
  api: ConfluenceApi,
  kind: Named,
  options: Options,
): Pick<RestListing<Page>, "arrange" | "prepare" | "render" | "rows"> {
  const site = new URL(context.credential.baseUrl ?? "").origin;
  const addressOf = (page: Page) => (page.webui ? `${site}/wiki${page.webui}` : undefined);
  let tree = Tree.empty;
  let bodies = new Map<string, string | undefined>();
  return {
    arrange: async (pages) => {
      tree = await Tree.of(api, kind, pages, site);
      const comments = options.comments ? await api.comments() : new Map<string, never>();
      return inSight(pages, tree, options).map((page) => ({
        ...page,
        path: tree.pathOf(page),
        comments: comments.get(page.id) ?? [],
      }));
    },
    prepare: async (pages) => {
      bodies = await api.bodies(
        `/${kind}`,
        pages.map(({ id }) => id),
      );
      await api.meet(peopleNamed(pages, bodies.values()));
      const namesPosts =
        kind === "pages" && [...bodies.values()].some((body) => body?.includes("<ri:blog-post"));
      if (namesPosts) tree.name(api, "blogposts", await api.posts(), site);
    },
    render: (page) =>
      renderPage(page, {
        title: titleOf(page),
        url: addressOf(page),
        body: textOf(page, bodies),
        names: namesFor(page, api, tree, site),
        signal: context.signal,
      }),
    rows: ownRows(confluencePage, confluencePage.pageId, (page, account) => ({
      ...rowOf(page),
      account,
      kind: kind === "pages" ? "page" : "blogpost",
      spaceKey: tree.spaceOf(page)?.key ?? null,
      space: tree.spaceOf(page)?.name ?? null,
      author: api.people.get(page.authorId ?? "") || null,
      url: addressOf(page) ?? null,
    })),
  };
}

/** As in Confluence's own search, what lies in an archived space is out of sight, unless somebody chose the space. */
function inSight(pages: readonly Page[], tree: Tree, { spaces }: Options): readonly Page[] {
  if (spaces.length > 0) return pages;
  return pages.filter((page) => tree.spaceOf(page)?.status !== "archived");
}

/** @throws MissingError when the page is gone; ItemError when it is given without its text. */
function textOf({ id }: Page, bodies: ReadonlyMap<string, string | undefined>): string {
  if (!bodies.has(id)) throw new MissingError("The page is gone.", { status: 404, detail: "" });
  const body = bodies.get(id);
  if (body === undefined) throw new ItemError("Confluence gives no text of it.");
  return body;
}

/** How a page's text finds the people, pages and files that it names. */
function namesFor(page: Page, api: ConfluenceApi, tree: Tree, site: string) {
  const here = tree.spaceOf(page)?.key ?? "";
  const addressOf = (kind: Named) => (title: string, space: string | undefined) =>
    api.addresses.get(nameOf(kind, space ?? here, title));
  return {
    person: (id: string) => api.people.get(id),
    page: addressOf("pages"),
    post: addressOf("blogposts"),
    file: (name: string) => `${site}/wiki/download/attachments/${page.id}/${encodeURIComponent(name)}`,
  };
}

/** Ids of everybody whom pages name: who wrote them, who commented, and who is mentioned. */
function peopleNamed(pages: readonly Page[], bodies: Iterable<string | undefined>): string[] {
  const comments = pages.flatMap((page) => page.comments);
  const texts = [...bodies, ...comments.map((one) => one.body?.storage?.value ?? "")];
  const writers = [
    ...pages.flatMap((page) => [page.authorId, page.version?.authorId]),
    ...comments.map((one) => one.version?.authorId),
  ];
  return [...texts.flatMap((text) => peopleIn(text ?? "")), ...writers.flatMap((id) => id ?? [])];
}

/** What a page says of itself. */
function rowOf(page: Page) {
  return {
    pageId: page.id,
    title: titleOf(page),
    path: page.path,
    parentId: page.parentId ?? null,
    version: page.version?.number ?? null,
    createdAt: toIso(page.createdAt) ?? null,
    updatedAt: toIso(page.version?.createdAt ?? page.createdAt) ?? null,
  };
}
