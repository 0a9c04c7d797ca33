import type { Credential } from "@/core/models/credential";
import { ConflictError, NotFoundError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { CredentialStore } from "@/core/services/app";

/**
 * The accounts that a sync is about, with their secrets: one, or every connected one. A source that needs nothing runs
 * once as "default".
 *
 * @throws NotFoundError for an unknown account, ConflictError for a source that is not connected.
 */
export async function credentialsFor(
  credentials: CredentialStore,
  integration: Integration,
  account: string | undefined,
): Promise<Credential[]> {
  const name = integration.config.integration;
  const stored = await credentials.list(name);
  const wanted = account === undefined ? stored : stored.filter((entry) => entry.account === account);
  const read = await Promise.allSettled(wanted.map((entry) => credentials.read(name, entry.account)));
  const found = read.flatMap((one) =>
    one.status === "fulfilled" && one.value !== undefined ? [one.value] : [],
  );
  if (found.length > 0) return found;
  // One account whose secrets do not open never keeps the others from syncing; alone, it says so.
  for (const one of read) if (one.status === "rejected") throw one.reason;
  if (stored.length > 0) {
    const known = stored.map((entry) => entry.account).join(", ");
    throw new NotFoundError(`${name} has no account '${account}'.`, { action: `Connected: ${known}.` });
  }
  if (needsCredential(integration)) {
    throw new ConflictError(`${name} is not connected yet.`, {
      action: `Connect it in the web page, or with 'stoneturner connect ${name.toLowerCase()}'.`,
    });
  }
  return [{ id: "", integration: name, account: account ?? "default", options: {} }];
}

/** A source with a field that must be filled in cannot sync before somebody has done so. */
function needsCredential({ config }: Integration): boolean {
  return [...(config.inputs ?? []), ...(config.optionInputs ?? [])].some((field) => field.required === true);
}
