import { MissingError, unlessRefused } from "@/core/services/http/errors";
import type { NotionApi } from "../api/notion-api";
import { saveLinks } from "../db/links";
import { type PageRow } from "../db/queries";
import { plainId } from "../markdown/context";
import type { Listing } from "./listing";
import type { Tree } from "./tree";

/** Blocks that are asked for on the way from a page to the page around it. */
const MOST_STEPS = 20;
export const OUTSIDE = "Outside of the chosen pages.";

/** Why a page is left out by what the person chose; undefined when it is in. */
export async function placeInScope(listing: Listing, row: PageRow, tree: Tree): Promise<string | undefined> {
  const { options } = listing;
  if (options.since !== undefined && row.lastEditedTime < options.since)
    return `Last edited before ${options.since}.`;
  if (options.roots.length === 0) return undefined;
  const roots = new Set(options.roots);
  if (tree.isUnder(row.pageId, roots)) return undefined;
  if (tree.isAdrift(row.pageId)) await findContainer(listing, row.pageId, tree);
  return tree.isUnder(row.pageId, roots) ? undefined : OUTSIDE;
}

/** The same by what is known of places alone, for pages that nothing was asked of: what holds them may have moved. */
export function hasLeftScope({ options }: Listing, { pageId }: PageRow, tree: Tree): boolean {
  return options.roots.length > 0 && !tree.isUnder(pageId, new Set(options.roots)) && !tree.isAdrift(pageId);
}

/** Asks for the page around the block in which the top of a page's lineage stands. */
async function findContainer({ api, db, context }: Listing, id: string, tree: Tree): Promise<void> {
  const top = tree.lineage(id).at(-1) ?? id;
  const node = tree.nodeOf(top);
  if (node === undefined) return;
  const container = await pageAround(api, node.parentId);
  if (container === undefined) return;
  const held = node.databaseId ?? top;
  tree.place(held, container);
  const link = {
    fromId: container,
    toId: held,
    kind: node.databaseId === undefined ? "page" : "database",
  } as const;
  await saveLinks(db, [{ account: context.account, ...link, contains: true }]);
}

async function pageAround(api: NotionApi, blockId: string): Promise<string | undefined> {
  let at = blockId;
  for (let step = 0; step < MOST_STEPS; step++) {
    const block = await unlessRefused(api.block(at), MissingError);
    const parent = block?.parent;
    const id: unknown = parent?.[parent.type];
    if (parent === undefined || typeof id !== "string") return undefined;
    if (parent.type !== "block_id") return plainId(id);
    at = id;
  }
  return undefined;
}
