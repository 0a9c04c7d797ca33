/**
 * Where lists of changes go on. The account has one, and each shared drive has its own: what others do in a drive is told
 * by the drive's alone (developers.google.com/workspace/drive/api/guides/about-changes).
 */
import { z } from "zod";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import type { DriveApi } from "../api/drive-api";

export const logsSchema = z.object({
  changes: z.string(),
  /** By the id of a shared drive. One that has no place here is listed whole. */
  drives: z.record(z.string(), z.string()).default({}),
});
export type Logs = z.infer<typeof logsSchema>;

/** A copy for a cursor: places move on while pages are written. */
export const placesOf = ({ changes, drives }: Logs): Logs => ({ changes, drives: { ...drives } });

/** Where a shared drive's list stands now; undefined where the drive is not ours to see. */
export function startOfDrive(api: DriveApi, driveId: string): Promise<string | undefined> {
  return unlessRefused(api.startToken(driveId), MissingError, ForbiddenError);
}

export async function startOfDrives(
  api: DriveApi,
  drives: readonly { id: string }[],
): Promise<Logs["drives"]> {
  const starts: Logs["drives"] = {};
  for (const { id } of drives) {
    const start = await startOfDrive(api, id);
    if (start !== undefined) starts[id] = start;
  }
  return starts;
}
