/** Shared drives and folders that somebody sees, to choose from. */
import type { OptionChoices } from "@/core/models/models";
import { cursorPages } from "@/core/services/http/pagination";
import { createDriveApi } from "./api/drive-api";
import { driveHttp } from "./api/drive-http";
import { FOLDER } from "./models/models";
import { pagesOfFiles } from "./sync-steps/listing";

export const driveChoices: OptionChoices = {
  folders: async function* (context) {
    const api = createDriveApi(context.http(driveHttp(context.auth)), context, context.signal);
    const fetch = async (token: string | null) => {
      const page = await api.drives(token ?? undefined);
      return { items: page.drives, next: page.nextPageToken };
    };
    for await (const { items } of cursorPages({ start: null, fetch }))
      for (const { id, name } of items) yield { id, name, hint: "shared drive", byIdOnly: true };
    for await (const { files } of pagesOfFiles(api, `mimeType = '${FOLDER}' and trashed = false`, ""))
      for (const { id, name } of files) yield { id, name, hint: "folder", byIdOnly: true };
  },
};
