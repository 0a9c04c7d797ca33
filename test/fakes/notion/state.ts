/** What a fake workspace holds. Ids are UUIDs as the API writes them; times are epoch milliseconds of the fake's clock. */
import type { BlockObjectResponse, CommentObjectResponse, PageObjectResponse } from "@notionhq/client";
import type { Piece } from "./content";

export type PropertyValue = PageObjectResponse["properties"][string];

export type FakeParent =
  | { kind: "workspace" }
  | { kind: "page"; id: string }
  | { kind: "dataSource"; id: string }
  /** A page in a toggle, say: `page` is the one that holds the block. */
  | { kind: "block"; id: string; page: string };

export interface FakePage {
  id: string;
  title: string;
  parent: FakeParent;
  created: number;
  edited: number;
  trashed: boolean;
  /** No longer shared with the connection. */
  hidden: boolean;
  /** Known to search only from then on. */
  searchableFrom: number;
  /** Left out by search altogether. */
  unlisted: boolean;
  /** Values of a row by name, with how each must read; without the title. `shown`: what a page object has instead. */
  properties: Map<string, { value: PropertyValue; reads: string; shown?: PropertyValue }>;
  content: Piece[];
  /** From this piece on, the markdown endpoint leaves content to blocks that are asked for one by one. */
  cutAt: number | undefined;
  /** Set: the markdown endpoint refuses the page, and these blocks are its content. */
  blocks: FakeBlock[] | undefined;
  comments: { value: CommentObjectResponse; reads: string }[];
}

export interface FakeBlock {
  value: BlockObjectResponse;
  children?: FakeBlock[];
  /** What asking for its children is answered with, in place of them. */
  refuses?: { status: number; code: string; message: string };
}

export interface FakeDataSource {
  id: string;
  databaseId: string;
  title: string;
  parent: { kind: "workspace" } | { kind: "page"; id: string };
  created: number;
  edited: number;
  trashed: boolean;
  unlisted: boolean;
}

export interface FakeUser {
  id: string;
  name: string;
}

export interface State {
  pages: Map<string, FakePage>;
  dataSources: Map<string, FakeDataSource>;
  users: FakeUser[];
}

export function plain(id: string): string {
  return id.replaceAll("-", "");
}

export function pageUrl(id: string): string {
  return `https://app.notion.com/p/${plain(id)}`;
}

/** Notion rounds times of edits to the minute. */
export function minute(at: number): string {
  return new Date(Math.floor(at / 60_000) * 60_000).toISOString();
}

/** What the connection can reach: not trashed, not hidden, and so for everything around it. */
export function isVisible(state: State, page: FakePage): boolean {
  return !page.hidden && !isTrashed(state, page);
}

/** In the trash itself, or lying in something that is. */
export function isTrashed(state: State, page: FakePage): boolean {
  if (page.trashed) return true;
  const { parent } = page;
  if (parent.kind === "dataSource") return isSourceTrashed(state, state.dataSources.get(parent.id));
  const holder = parent.kind === "page" ? parent.id : parent.kind === "block" ? parent.page : undefined;
  const around = holder === undefined ? undefined : state.pages.get(holder);
  return around !== undefined && isTrashed(state, around);
}

export function isSourceTrashed(state: State, source: FakeDataSource | undefined): boolean {
  if (source === undefined || source.trashed) return source !== undefined;
  const around = source.parent.kind === "page" ? state.pages.get(source.parent.id) : undefined;
  return around !== undefined && isTrashed(state, around);
}

export function visiblePages(state: State): FakePage[] {
  return [...state.pages.values()].filter((page) => isVisible(state, page));
}

export function visibleSources(state: State): FakeDataSource[] {
  return [...state.dataSources.values()].filter((source) => !isSourceTrashed(state, source));
}

export function childrenOf(state: State, pageId: string): { pages: FakePage[]; sources: FakeDataSource[] } {
  const held = ({ parent }: FakePage) =>
    (parent.kind === "page" ? parent.id : parent.kind === "block" ? parent.page : "") === pageId;
  return {
    pages: visiblePages(state).filter(held),
    sources: visibleSources(state).filter(({ parent }) => parent.kind === "page" && parent.id === pageId),
  };
}
