/** Spaces of a Confluence site, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { confluenceApi } from "./api";

export const confluenceChoices: OptionChoices = {
  spaces: async function* (context) {
    const spaces = await confluenceApi(context).spaces();
    yield* spaces.map(({ id, key, name, status }) => ({
      id,
      name: name ?? key,
      hint: status === "archived" ? `${key}, archived` : key,
    }));
  },
};
