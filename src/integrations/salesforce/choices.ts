/** Objects of the organisation's own, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { ForceApi } from "./api";

export const salesforceChoices: OptionChoices = {
  custom: async function* ({ http, apiUrl, auth, signal, credential }) {
    const instance = credential.options["instanceUrl"];
    const api = new ForceApi({ http, apiUrl, auth, signal, instance, share: 100 });
    for (const { name, label, ...object } of await api.objects()) {
      const isData = object.custom === true && object.queryable === true && object.customSetting !== true;
      if (isData && name.endsWith("__c")) yield { id: name, name: label ?? name, byIdOnly: true };
    }
  },
};
