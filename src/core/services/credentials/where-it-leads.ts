import type { Credential } from "@/core/models/credential";
import { hashJson } from "@/lib/hash";
import type { SealedPart } from "./sealed";

/** A credential as it is stored. */
export interface Leads {
  sealed: SealedPart | undefined;
  options: Credential["options"];
  baseUrl: string | null;
}

/** What of a credential says where it leads, in a form to compare. Who has agreed is known by name, not by token. */
export function whereItLeads({ sealed, options, baseUrl }: Leads): string {
  const {
    identity,
    accessKey,
    secretKey,
    apiKey,
    accessToken,
    options: secretOptions,
  } = sealed ?? { options: {} };
  const who = identity ?? { accessKey, secretKey, apiKey, accessToken };
  return hashJson({ who, secretOptions, options, baseUrl });
}
