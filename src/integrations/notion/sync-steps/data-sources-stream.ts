/** The stream of index artifacts: one a data source, made of what the pages' stream has found. Asks for nothing. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { TransientError } from "@/core/models/errors";
import type { Page, PageRequest, Stream } from "@/core/services/sync/stream";
import { hashJson } from "@/lib/hash";
import { dataSourcesAfter, rowsOf } from "../db/queries";
import type { NotionOptions } from "../models/options";
import { dataSourceArtifact } from "../render/data-source";
import type { Progress } from "./listing";
import { Tree } from "./tree";

interface IndexItem {
  id: string;
  artifact: RenderedArtifact;
}

const BATCH = 20;

export function dataSourcesStream(options: NotionOptions, progress: Progress): Stream<IndexItem> {
  return {
    name: "data sources",
    enumerates: ["full", "incremental"],
    resume: "restart",
    key: (item) => item.id,
    version: (item) => hashJson(item.artifact),
    pages: (request) => {
      if (!progress.unfinished) return indexes(options, request);
      throw new TransientError("The pages were not read to their end; databases are shown once they are.");
    },
    render: (item) => item.artifact,
  };
}

async function* indexes(
  options: NotionOptions,
  { db, context }: PageRequest,
): AsyncGenerator<Page<IndexItem>> {
  const tree = await Tree.load(db, context.account);
  const roots = new Set(options.roots);
  for (let after = ""; ;) {
    const sources = await dataSourcesAfter(db, context.account, after, BATCH);
    if (sources.length === 0) return;
    after = sources.at(-1)?.dataSourceId ?? after;
    const items: IndexItem[] = [];
    for (const source of sources) {
      const id = source.dataSourceId;
      if (roots.size > 0 && !tree.isUnder(id, roots)) continue;
      const rows = await rowsOf(db, context.account, id);
      const breadcrumb = tree.breadcrumb(id);
      items.push({
        id,
        artifact: dataSourceArtifact({ ...source, id, breadcrumb, rows, rowCount: rows.length }),
      });
    }
    yield { items, cursor: after };
  }
}
