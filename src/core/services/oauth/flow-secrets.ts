/** What a connection under way must not forget, sealed while it waits for the person to come back. */
import { z } from "zod";
import { credentialInputSchema } from "@/core/models/credential";
import { seal, unseal } from "@/core/services/credentials/cipher";
import type { Keyring } from "@/core/services/credentials/keyring";

const secretsSchema = z.object({
  /** The form as it was given. */
  input: credentialInputSchema,
  returnTo: z.string().optional(),
  /** From here on only once the person is on the way to the provider. */
  verifier: z.string().optional(),
  redirectUri: z.string().optional(),
  /** Hash of the cookie that the browser was given. */
  bindingHash: z.string().optional(),
});
export type FlowSecrets = z.infer<typeof secretsSchema>;

const identityOf = (id: string) => `oauth flow ${id}`;

export function sealFlow(keyring: Keyring, id: string, secrets: FlowSecrets): string {
  return seal(keyring.current, identityOf(id), JSON.stringify(secrets));
}

/** Undefined where it was changed, moved, or the key was exchanged meanwhile. */
export function unsealFlow(keyring: Keyring, id: string, sealed: string | null): FlowSecrets | undefined {
  const text = sealed === null ? undefined : unseal(keyring.current, identityOf(id), sealed);
  if (text === undefined) return undefined;
  const parsed = secretsSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : undefined;
}
