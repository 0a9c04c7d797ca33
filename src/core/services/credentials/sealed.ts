import { z } from "zod";
import type { Credential, CredentialInput } from "@/core/models/credential";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { secretInputs, secretOptionKeys } from "./fields";

/** What is encrypted of a credential. Tokens come from OAuth, the rest from the form. */
const sealedSchema = z.object({
  accessKey: z.string().optional(),
  secretKey: z.string().optional(),
  apiKey: z.string().optional(),
  accessToken: z.string().optional(),
  refreshToken: z.string().optional(),
  /** When the access token ends, ISO-8601. */
  expiresAt: z.string().optional(),
  /** When it is to be renewed, ahead of that. */
  renewAt: z.string().optional(),
  /** What the provider knows the account by. */
  identity: z.string().optional(),
  options: z.record(z.string(), z.json()).default({}),
});
export type SealedPart = z.infer<typeof sealedSchema>;

export interface SplitCredential {
  /** Undefined when the credential has nothing secret. */
  sealed: SealedPart | undefined;
  options: Credential["options"];
}

/** Tells a credential's secret part from the part that may be shown. */
export function splitCredential(config: IntegrationConfig, input: CredentialInput): SplitCredential {
  const secretKeys = secretOptionKeys(config);
  const entries = Object.entries(input.options ?? {});
  const sealed: SealedPart = { options: Object.fromEntries(entries.filter(([key]) => secretKeys.has(key))) };
  for (const name of secretInputs) if (input[name] !== undefined) sealed[name] = input[name];
  const isEmpty = Object.keys(sealed).length === 1 && Object.keys(sealed.options).length === 0;
  return {
    sealed: isEmpty ? undefined : sealed,
    options: Object.fromEntries(entries.filter(([key]) => !secretKeys.has(key))),
  };
}

/** The secret part from its decrypted text, or undefined when it is not one. */
export function parseSealed(text: string): SealedPart | undefined {
  const parsed = sealedSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
