import { googleOAuth } from "@/core/services/google/google-oauth";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createDriveApi } from "./api/drive-api";
import { driveHttp } from "./api/drive-http";
import { driveChoices } from "./choices";
import { googleDriveConfig } from "./config";
import { driveFile, driveShared } from "./db/schema";
import { driveOptionsSchema } from "./models/options";

/** A Google Drive: documents, spreadsheets, presentations, PDFs, Office files and text. */
export const googleDriveIntegration = createIntegration({
  config: googleDriveConfig,
  options: driveOptionsSchema,
  streams: async (context, options) => {
    const { filesStream } = await import("./sync-steps/stream");
    const api = createDriveApi(context.http(driveHttp(context.auth)), context, context.signal);
    return [filesStream(context, api, options)];
  },
  oauth: googleOAuth("drive.readonly", async (_tokens, services) => {
    const api = createDriveApi(services.http(driveHttp(services.auth)), services, services.signal);
    const { user } = await api.about();
    const account = user.emailAddress ?? user.displayName ?? "Google Drive";
    return { account, ...(user.permissionId ? { id: user.permissionId } : {}) };
  }),
  choices: driveChoices,
  tables: [driveFile, driveShared],
});
