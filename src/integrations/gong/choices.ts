/** Workspaces of a Gong account, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { createGongApi, gongHttp } from "./api";

export const gongChoices: OptionChoices = {
  workspaces: async function* ({ credential, signal, ...services }) {
    const baseUrl = services.apiUrl(credential.baseUrl ?? "");
    const http = services.http(gongHttp(baseUrl, credential.accessKey, credential.secretKey));
    yield* (await createGongApi(http, baseUrl, signal).workspaces()).map(({ id, name }) => ({
      id,
      name: name ?? id,
    }));
  },
};
