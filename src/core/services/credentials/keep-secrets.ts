/** Changing an account without typing its secrets anew: what is left out stays as it is stored. */
import type { CredentialInput } from "@/core/models/credential";
import { InputError } from "@/core/models/errors";
import { secretInputs } from "./fields";
import type { Leads } from "./where-it-leads";

/**
 * A cleaned credential with the stored secrets that it leaves out. A secret goes along only to where it goes now: with
 * another address it has to be given again, or whoever may change an account could have its key sent to themselves.
 *
 * @throws InputError when there is no such account, or its address changes without a new secret.
 */
export function withKeptSecrets(input: CredentialInput, stored: Leads | undefined): CredentialInput {
  if (stored === undefined) {
    const message = "names an account that is connected, whose secrets can be kept";
    throw new InputError(`There is no such account of ${input.integration}.`, [
      { field: "account", message },
    ]);
  }
  const secrets = secretInputs.filter(
    (name) => input[name] === undefined && stored.sealed?.[name] !== undefined,
  );
  const kept = Object.entries(stored.sealed?.options ?? {}).filter(
    ([key]) => input.options?.[key] === undefined,
  );
  if (secrets.length === 0 && kept.length === 0) return input;
  if ((input.baseUrl ?? null) !== stored.baseUrl) {
    const message = "is to be given again when the address changes: it would be sent there";
    const issues = [...secrets, ...kept.map(([key]) => `options.${key}`)].map((field) => ({
      field,
      message,
    }));
    throw new InputError(`${input.integration} cannot keep its secret for another address.`, issues);
  }
  const full: CredentialInput = { ...input, options: { ...Object.fromEntries(kept), ...input.options } };
  for (const name of secrets) {
    const secret = stored.sealed?.[name];
    if (secret !== undefined) full[name] = secret;
  }
  return full;
}
