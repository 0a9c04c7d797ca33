import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import { createNotionApi } from "../api/notion-api";
import { authOf } from "../auth";
import type { NotionOptions } from "../models/options";
import { dataSourcesStream } from "./data-sources-stream";
import { pagesStream } from "./pages-stream";

/** The streams of a workspace. */
export function notionStreams(context: SyncContext, options: NotionOptions): readonly Stream<unknown>[] {
  const api = createNotionApi(context, authOf(context), context.signal);
  const progress = { unfinished: false };
  return [pagesStream(api, options, progress), dataSourcesStream(options, progress)];
}
