/** Pages and databases that are shared with a connection, those edited last first. Rows of databases are left out. */
import type { OptionChoice, OptionChoices } from "@/core/models/models";
import { cursorPages } from "@/core/services/http/pagination";
import { createNotionApi } from "./api/notion-api";
import { authOf } from "./auth";
import { type Found, isDataSource, isPage } from "./models/objects";
import { dataSourceRow, pageRow } from "./sync-steps/rows";

export const notionChoices: OptionChoices = {
  roots: async function* (context) {
    const api = createNotionApi(context, authOf(context), context.signal);
    for (const object of ["page", "data_source"] as const) {
      const fetch = async (cursor: string | null) => {
        const { data } = await api.search({ object, cursor });
        return { items: data.results, next: data.next_cursor };
      };
      for await (const { items } of cursorPages({ start: null, fetch })) yield* items.flatMap(choiceOf);
    }
  },
};

/** Links rather than ids are written: they can be opened, and begin with the page's name. */
function choiceOf(found: Found): OptionChoice[] {
  const met = { account: "", listing: "" };
  if (isPage(found)) {
    const { title, url, dataSourceId } = pageRow(found, { ...met, round: 0 });
    return dataSourceId === null ? [{ id: url, name: title, hint: "page", byIdOnly: true }] : [];
  }
  if (!isDataSource(found)) return [];
  const { title, url } = dataSourceRow(found, met);
  return [{ id: url, name: title, hint: "database", byIdOnly: true }];
}
