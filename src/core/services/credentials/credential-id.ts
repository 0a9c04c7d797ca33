import { stableId } from "@/lib/hash";

/** Under which an account's secrets are kept, and which they are bound to. */
export function credentialId(integration: string, account: string): string {
  return stableId("credential", integration, account);
}
