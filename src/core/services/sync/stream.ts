import type { JsonValue, RenderedArtifact } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { SyncMode } from "@/core/models/sync";

/** Something that could not be taken, or was left out on purpose. */
export interface ItemNotice {
  key: string;
  /** Plain words that name the item, for the task row. */
  reason: string;
}

/** One page of a source. Everything in it is committed together, with `cursor`, before the next page is asked for. */
export interface Page<Item> {
  items: readonly Item[];
  /** Where the stream continues after this page: JSON of the stream's own making. */
  cursor: JsonValue;
  /** Items that exist but could not be read: recorded, kept as they were, tried again by the next sync. */
  failures?: readonly ItemNotice[];
  /** Items left out on purpose (binary, ignored, too new): counted, removed if they were live before. */
  skipped?: readonly ItemNotice[];
  /** Removals the source itself reports: `gone` is deleted, `hidden` is no longer ours to see. */
  removed?: readonly { key: string; state: "gone" | "hidden" }[];
  /** Items there are in all, where the source says so; for progress. */
  expected?: number;
  /** Set when part of the source could not be listed: the sync goes on, but nothing is taken for deleted. */
  incomplete?: string;
}

/**
 * One kind of item of a source. The engine does the rest: set comparison, transactions, checkpoints, removal,
 * insights, index. Methods throw the typed errors of `core/models/errors`.
 */
export interface Stream<Item> {
  name: string;
  /**
   * Modes in which `pages` lists everything there is. Only after such a listing, complete and free of errors, are
   * items that were not met taken for deleted.
   */
  enumerates: readonly SyncMode[];
  /**
   * What an interrupted listing does when its run is picked up again: go on after the last committed page (the
   * default), or start over, which sees changes behind the cursor too and costs little where listing is cheap and
   * unchanged items are told by their version.
   */
  resume?: "cursor" | "restart";
  /**
   * Share of failed items above which the run stops, once 100 items were seen. Default 0.1: that many failures mean
   * that something is wrong with the source, not with the items.
   */
  failureLimit?: number;
  /** Pages after `cursor`; null means from the start (full) or from the oldest change of interest (incremental). */
  pages(request: PageRequest): AsyncIterable<Page<Item>>;
  /** Identity of an item, stable, from the source alone. */
  key(item: Item): string;
  /** Cheap mark that differs when the item may have changed; volatile fields left out. Equal mark: nothing to do. */
  version(item: Item): string;
  /** Reads and renders one item. Null: nothing to show, the item is skipped. Called only for new and changed items. */
  render(item: Item, context: SyncContext): RenderedArtifact | null | Promise<RenderedArtifact | null>;
  /** Writes the source's own rows for new and changed items, idempotently, in the page's transaction. */
  save?(tx: Db, items: readonly Item[], context: SyncContext): Promise<void>;
  /** Removes the source's own rows for items that are no longer there. */
  remove?(tx: Db, keys: readonly string[], context: SyncContext): Promise<void>;
}

export interface PageRequest {
  cursor: JsonValue | null;
  mode: SyncMode;
  context: SyncContext;
  db: Db;
}
