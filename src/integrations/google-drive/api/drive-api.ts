/** The requests that are made of Drive, API v3. */
import type { z } from "zod";
import type { HttpClient, QueryValue } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/models";
import {
  aboutSchema,
  changesSchema,
  type DriveFile,
  drivesSchema,
  FILE_FIELDS,
  fileSchema,
  filesSchema,
  startSchema,
} from "../models/models";

/** Shared drives are left out unless they are asked for, by both. */
const everywhere = { supportsAllDrives: true, includeItemsFromAllDrives: true };
/** What Google exports of its own kinds at most (files.export). */
export const EXPORT_LIMIT_MB = 10;

export type DriveApi = ReturnType<typeof createDriveApi>;

export function createDriveApi(
  http: HttpClient,
  { apiUrl }: Pick<IntegrationServices, "apiUrl">,
  signal: AbortSignal,
) {
  const base = `${apiUrl("https://www.googleapis.com")}/drive/v3`;
  const get = async <Output>(path: string, query: Record<string, QueryValue>, schema: z.ZodType<Output>) =>
    (await http.request({ url: `${base}/${path}`, query, expect: "json", schema, signal })).data;
  const one = (id: string) => `files/${encodeURIComponent(id)}`;
  return {
    /** Whose Drive it is. */
    about: () => get("about", { fields: "user(emailAddress,displayName,permissionId)" }, aboutSchema),
    /** From where a list of changes goes on: the account's own, or that of a shared drive. */
    startToken: async (driveId?: string) =>
      (await get("changes/startPageToken", { supportsAllDrives: true, driveId }, startSchema)).startPageToken,
    drives: (pageToken: string | undefined) =>
      get("drives", { pageSize: 100, pageToken, fields: "nextPageToken,drives(id,name)" }, drivesSchema),
    /** @param driveId a shared drive to look in; everywhere where it is left out. */
    files: (q: string, pageToken: string | undefined, driveId?: string) => {
      const fields = `nextPageToken,incompleteSearch,files(${FILE_FIELDS})`;
      const corpora = driveId === undefined ? "allDrives" : "drive";
      return get(
        "files",
        { ...everywhere, corpora, driveId, pageSize: 1_000, q, pageToken, fields },
        filesSchema,
      );
    },
    /** The account's own list of changes, or that of a shared drive; what left it for another comes with its file. */
    changes: (pageToken: string, driveId?: string) => {
      const fields = `nextPageToken,newStartPageToken,changes(changeType,removed,fileId,driveId,drive(id,name),file(${FILE_FIELDS}))`;
      return get(
        "changes",
        {
          ...{ ...everywhere, driveId, pageSize: 1_000, pageToken, fields },
          ...{ includeRemoved: true, includeCorpusRemovals: true },
        },
        changesSchema,
      );
    },
    /** @throws MissingError when it is not there, or not ours to see: Google does not tell these apart. */
    file: (id: string): Promise<DriveFile> =>
      get(one(id), { supportsAllDrives: true, fields: FILE_FIELDS }, fileSchema),
    /** A document of Google's own in another format. @throws TooLargeError above what Google exports. */
    export: async (id: string, mimeType: string) =>
      (await http.request({ url: `${base}/${one(id)}/export`, query: { mimeType }, expect: "bytes", signal }))
        .data,
    download: async (id: string, maxBytes: number) => {
      const query = { alt: "media", supportsAllDrives: true };
      return (await http.request({ url: `${base}/${one(id)}`, query, expect: "bytes", maxBytes, signal }))
        .data;
    },
  };
}
