/** Projects of a Jira site, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { jiraApi } from "./api";

export const jiraChoices: OptionChoices = {
  projects: async function* (context) {
    for await (const { items } of jiraApi(context).projects())
      yield* items.map(({ id, key, name }) => ({ id, name: name ?? key, hint: key }));
  },
};
