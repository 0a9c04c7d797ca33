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

/** Something that exists at the source but is not ready to be read: a transcript in the making, an export under way. */
export interface PendingNotice extends ItemNotice {
  /** ISO time before which asking again is useless, where the source says so. */
  retryAt?: string | undefined;
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
  /**
   * Items that are not ready: kept as they were, never taken for deleted, asked for again through `revisit`. One that
   * is among `items` as well is served as far as it goes meanwhile.
   */
  pending?: readonly PendingNotice[];
  /** Removals the source itself reports: `gone` is deleted, `hidden` is no longer ours to see. */
  removed?: readonly { key: string; state: "gone" | "hidden" }[];
  /** Items there are in all, where the source says so; for progress. */
  expected?: number;
  /** Set when part of the source could not be listed: the sync goes on, but nothing is taken for deleted. */
  incomplete?: string;
  /**
   * What incremental syncs start from once a full listing has ended well: their first cursor, JSON of the stream's own
   * making (`watermark.ts` helps). The last page that gives one counts.
   */
  watermark?: JsonValue;
  /** Writes rows of the source's own that belong to the page as a whole, idempotently, in its transaction. */
  save?: (tx: Db) => Promise<void>;
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
  /**
   * "own": this stream reads what lies behind (a backfill) on a lane of its own. Its cursor lives across runs and
   * modes, it goes on where it stood until it is done, once and for all, and nothing is taken for deleted by it.
   */
  lane?: "own";
  /** Pages after `cursor`; null means from the start (full) or from the oldest change of interest (incremental). */
  pages(request: PageRequest): AsyncIterable<Page<Item>>;
  /**
   * Pages with these keys only: asked at the start of every run for pending items that are due, and for failed ones
   * where the mode does not list everything. What is not answered waits longer. Cursors of these pages are ignored.
   */
  revisit?(request: PageRequest & { keys: readonly string[] }): AsyncIterable<Page<Item>>;
  /** Identity of an item, stable, from the source alone. */
  key(item: Item): string;
  /** Cheap mark that differs when the item may have changed; volatile fields left out. Equal mark: nothing to do. */
  version(item: Item): string;
  /**
   * When, or in which version, the source wrote the item, as text in an order (ISO time, padded number). Where two
   * streams or pages bring the same artifact, the one with the larger stamp wins whatever comes last.
   */
  stamp?(item: Item): string;
  /**
   * Reads what `render` needs of a page's new and changed items, where the source gives it for many at once. Called
   * before them, with the same items.
   */
  prepare?(items: readonly Item[], context: SyncContext): Promise<void>;
  /** Reads and renders one item. Null: nothing to show, the item is skipped. Called only for new and changed items.
   * A `MissingError` says that the item is gone, a `ForbiddenError` that it is hidden; an `ItemError` that it failed. */
  render(item: Item, context: SyncContext): RenderedArtifact | null | Promise<RenderedArtifact | null>;
  /** Writes the source's own rows for new and changed items, idempotently, in the page's transaction. */
  save?(tx: Db, items: readonly Item[], context: SyncContext): Promise<void>;
  /** Removes the source's own rows for items that are no longer there. */
  remove?(tx: Db, keys: readonly string[], context: SyncContext): Promise<void>;
}

export interface PageRequest {
  cursor: JsonValue | null;
  /** The last watermark of this listing's pages, when it goes on after an interruption. */
  watermark?: JsonValue | null;
  mode: SyncMode;
  context: SyncContext;
  db: Db;
}
