import type { OAuthDefinition } from "@/core/models/models";
import { createIntegration } from "@/core/services/sync/create-integration";
import { createDriveApi } from "./api/drive-api";
import { driveHttp } from "./api/drive-http";
import { driveChoices } from "./choices";
import { googleDriveConfig } from "./config";
import { driveFile, driveShared } from "./db/schema";
import { driveOptionsSchema } from "./models/options";

/**
 * developers.google.com/identity/protocols/oauth2/web-server. Google gives a refresh token with the first consent
 * alone, unless consent is asked for each time; a renewal gives none, and the old one stays.
 */
const googleOAuth: OAuthDefinition = {
  authorizeUrl: "https://accounts.google.com/o/oauth2/v2/auth",
  tokenUrl: "https://oauth2.googleapis.com/token",
  revokeUrl: "https://oauth2.googleapis.com/revoke",
  scopes: ["https://www.googleapis.com/auth/drive.readonly"],
  pkce: true,
  clientAuth: "body",
  tokenFormat: "form",
  extraAuthorizeParams: { access_type: "offline", prompt: "consent", include_granted_scopes: "true" },
  account: async (_tokens, services) => {
    const { user } = await createDriveApi(
      services.http(driveHttp(services.auth)),
      services,
      services.signal,
    ).about();
    const account = user.emailAddress ?? user.displayName ?? "Google Drive";
    return { account, ...(user.permissionId ? { id: user.permissionId } : {}) };
  },
};

/** A Google Drive: documents, spreadsheets, presentations, PDFs, Office files and text. */
export const googleDriveIntegration = createIntegration({
  config: googleDriveConfig,
  options: driveOptionsSchema,
  streams: async (context, options) => {
    const { filesStream } = await import("./sync-steps/stream");
    const api = createDriveApi(context.http(driveHttp(context.auth)), context, context.signal);
    return [filesStream(context, api, options)];
  },
  oauth: googleOAuth,
  choices: driveChoices,
  tables: [driveFile, driveShared],
});
