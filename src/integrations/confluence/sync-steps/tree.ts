import type { ConfluenceApi } from "../api";
import type { Page, Space } from "../models/models";

type Place = Partial<Pick<Page, "title" | "parentId" | "parentType">>;

export type Named = "pages" | "blogposts";

/** A page and a post of one space may have one title. */
export function nameOf(kind: Named, spaceKey: string, title: string | null | undefined): string {
  return [kind, spaceKey, title ?? ""].join("\n");
}

/** Where pages lie: in a space, below folders and other pages. */
export class Tree {
  static readonly empty = new Tree(new Map(), new Map());

  private constructor(
    private readonly spaces: ReadonlyMap<string, Space>,
    private readonly places: ReadonlyMap<string, Place>,
  ) {}

  /** Asks for spaces, and for the folders and the like that pages lie in: listings hold pages alone. */
  static async of(api: ConfluenceApi, kind: Named, pages: readonly Page[], site: string): Promise<Tree> {
    const spaces = new Map((await api.spaces()).map((space) => [space.id, space]));
    const places = new Map<string, Place>(pages.map((page) => [page.id, page]));
    const waiting: Place[] = [...pages];
    for (const { parentId, parentType } of waiting) {
      if (!parentId || !parentType || places.has(parentId)) continue;
      const holder = await api.holder(parentType, parentId);
      places.set(parentId, holder ?? {});
      if (holder !== undefined) waiting.push(holder);
    }
    const tree = new Tree(spaces, places);
    tree.name(api, kind, pages, site);
    return tree;
  }

  /** Tells `api` under which names the addresses of pages are known. */
  name(api: ConfluenceApi, kind: Named, pages: readonly Page[], site: string): void {
    for (const page of pages) {
      const key = this.spaceOf(page)?.key;
      if (page.webui && key) api.addresses.set(nameOf(kind, key, page.title), `${site}/wiki${page.webui}`);
    }
  }

  spaceOf(page: Page): Space | undefined {
    return this.spaces.get(page.spaceId ?? "");
  }

  /** `["Engineering", "Docks", "Dock 3"]`: from the space down to what holds the page. */
  pathOf(page: Page): string[] {
    const names: string[] = [];
    const met = new Set<string>();
    for (let id = page.parentId; id && !met.has(id); id = this.places.get(id)?.parentId) {
      met.add(id);
      names.unshift(this.places.get(id)?.title ?? "");
    }
    const space = this.spaceOf(page);
    return [space?.name ?? space?.key ?? "", ...names].filter((name) => name !== "");
  }
}
