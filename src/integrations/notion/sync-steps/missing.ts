/** What is known but was not listed: the API decides, one by one. Only for full syncs. */
import { MissingError, unlessRefused } from "@/core/services/http/errors";
import {
  dataSourcesAfter,
  removeDataSources,
  removePages,
  saveDataSources,
  saveListedPages,
  unlistedPages,
} from "../db/queries";
import type { Step, StepPage } from "./listing";
import { dataSourceRow, pageRow } from "./rows";

const BATCH = 50;

/**
 * Pages that were not listed are asked for. Trashed ones leave at once, since an update after a listing that was broken
 * off would not know them; missing ones stay unmet, and so leave with the listing's end, where a person may be asked.
 */
export const askForMissingPages: Step = {
  name: "missing pages",
  async *run(listing, at): AsyncGenerator<StepPage> {
    const { api, db, context } = listing;
    let after = typeof at === "string" ? at : "";
    for (;;) {
      const ids = await unlistedPages(db, context.account, listing.id, after, BATCH);
      if (ids.length === 0) return;
      const gone: string[] = [];
      const trashed: string[] = [];
      for (const id of ids) {
        const page = await unlessRefused(api.page(id), MissingError);
        if (page === undefined) gone.push(id);
        else if (page.in_trash) trashed.push(id);
        else
          await saveListedPages(db, [
            pageRow(page, { account: context.account, listing: listing.id, round: 0 }),
          ]);
      }
      after = ids.at(-1) ?? after;
      yield {
        at: after,
        removed: trashed.map((key) => ({ key, state: "gone" as const })),
        save: (tx) => removePages(tx, context.account, [...gone, ...trashed]),
      };
    }
  },
};

/** The same for data sources, before their rows are asked for. */
export const askForMissingSources: Step = {
  name: "missing data sources",
  async *run(listing): AsyncGenerator<StepPage> {
    const { api, db, context } = listing;
    const { account } = context;
    for (let after = ""; ;) {
      const sources = await dataSourcesAfter(db, account, after, BATCH);
      if (sources.length === 0) return;
      for (const { dataSourceId: id, listing: met } of sources) {
        if (met === listing.id) continue;
        const source = await unlessRefused(api.dataSource(id), MissingError);
        if (source === undefined || source.in_trash) await removeDataSources(db, account, [id]);
        else await saveDataSources(db, [dataSourceRow(source, { account, listing: listing.id })]);
      }
      after = sources.at(-1)?.dataSourceId ?? after;
      yield { at: after };
    }
  },
};
