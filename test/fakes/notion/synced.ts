/** What tests of syncs with Notion ask again and again. */
import { expect } from "bun:test";
import type { NotionApp } from "./app";

/** Syncs, and holds what is stored to be what the workspace has. */
export async function synced(notion: NotionApp, mode: "full" | "incremental" = "full"): Promise<void> {
  expect(await notion.sync(mode)).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await notion.differences()).toEqual([]);
}

/** A first sync that writes each page a single time. */
export async function syncedOnce(notion: NotionApp): Promise<void> {
  expect(await notion.sync()).toMatchObject({ state: "succeeded", updated: 0, unchanged: 0, failed: 0 });
  expect(await notion.differences()).toEqual([]);
}

/** Paths asked for since `from`, of which a part is `part`. */
export function asked(notion: NotionApp, from: number, part: string): string[] {
  return notion.fake
    .requests()
    .slice(from)
    .map(({ path }) => path)
    .filter((path) => path.includes(part));
}
