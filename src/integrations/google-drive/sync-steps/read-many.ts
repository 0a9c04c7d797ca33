import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import type { DriveApi } from "../api/drive-api";
import type { DriveFile } from "../models/models";

/** Files by their ids, one request each. `missing` are gone, or not ours to see. */
export async function readMany(
  api: DriveApi,
  ids: readonly string[],
): Promise<{ files: DriveFile[]; missing: string[] }> {
  const files: DriveFile[] = [];
  const missing: string[] = [];
  for (const id of ids) {
    try {
      files.push(await api.file(id));
    } catch (error) {
      if (!(error instanceof MissingError) && !(error instanceof ForbiddenError)) throw error;
      missing.push(id);
    }
  }
  return { files, missing };
}
