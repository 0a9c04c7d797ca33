import { z } from "zod";
import type { JsonValue } from "./artifact";

/** A connected account with its secrets, as an integration's code receives it. Never logged, never answered. */
export interface Credential {
  id: string;
  integration: string;
  /** Label of the account, unique within the integration. */
  account: string;
  accessKey?: string | undefined;
  secretKey?: string | undefined;
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
  /** OAuth access token. */
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
  expiresAt?: string | undefined;
  options: Record<string, JsonValue>;
}

/** Body of `POST /api/integrations`: store a credential. */
export const credentialInputSchema = z.strictObject({
  integration: z.string().min(1).describe("Name of the integration, e.g. Files"),
  account: z.string().min(1).max(500).optional().describe("Label of the account; made up when left out"),
  accessKey: z.string().max(10_000).optional(),
  secretKey: z.string().max(10_000).optional(),
  baseUrl: z.string().max(2_000).optional(),
  apiKey: z.string().max(10_000).optional(),
  options: z.record(z.string(), z.json()).optional().describe("The integration's own settings by key"),
  keepSecrets: z
    .boolean()
    .optional()
    .describe("Of the account that is named, keep the stored secrets that are left out here"),
});
export type CredentialInput = z.infer<typeof credentialInputSchema>;

/** The part of a credential that may be shown. */
export const publicCredentialSchema = z.object({
  id: z.string(),
  account: z.string(),
  status: z.enum(["connected", "needs_reconnect", "error"]),
  statusReason: z.string().nullable(),
  baseUrl: z.string().nullable(),
  options: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PublicCredential = z.infer<typeof publicCredentialSchema>;
