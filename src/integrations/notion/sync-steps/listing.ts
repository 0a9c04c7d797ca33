/** What the steps of one sync of a workspace share, and where they stand between two pages. */
import { z } from "zod";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { Page } from "@/core/services/sync/stream";
import type { NotionApi } from "../api/notion-api";
import type { NotionOptions } from "../models/options";
import type { PageItem } from "./page-item";

/** One listing of the workspace. Its steps write what they find into the tables and read it from there. */
export interface Listing {
  id: string;
  api: NotionApi;
  db: Db;
  context: SyncContext;
  options: NotionOptions;
  /** Only what was edited from then on is asked for; null lists everything. ISO time. */
  since: string | null;
  /** Notion's clock when the listing began. */
  startedAt: string;
  /** Takes note of when something was edited. */
  saw: (lastEditedTime: string) => void;
  users: Map<string, string>;
  /** Whether comments were ever given, and how often they were refused. */
  comments: { given: boolean; refused: number };
}

/** Told by the stream of pages to the one of data sources, which shows what the first has found. */
export interface Progress {
  /** The listing of this sync was begun and is not at its end. */
  unfinished: boolean;
}

/** A step's piece of a page; `at` is where the step goes on after it. */
export interface StepPage extends Pick<Page<PageItem>, "removed" | "skipped" | "incomplete" | "save"> {
  at: JsonValue;
  items?: readonly PageItem[];
}

export interface Step {
  name: string;
  run: (listing: Listing, at: JsonValue | null) => AsyncGenerator<StepPage>;
}

export const placeSchema = z.object({
  listing: z.string(),
  startedAt: z.string(),
  since: z.string().nullable(),
  mark: z.json(),
  step: z.string(),
  at: z.json(),
});
export type Place = z.infer<typeof placeSchema>;
