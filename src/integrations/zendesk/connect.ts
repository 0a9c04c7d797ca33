import { InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { optionsSchema, type Part, parts } from "./models/options";
import { TicketsApi, TicketsNotGrantedError } from "./tickets-api";
import { assertKnown, zendeskHttp } from "./zendesk-http";

/**
 * Checks address and token. An account that is new reads all that its token may read, unless somebody chose; one that is
 * changed keeps what it has.
 *
 * @throws InputError naming the field; AuthError when Zendesk does not know the token.
 */
export async function connectZendesk(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const { origin, hostname } = assertHostSuffix(input.baseUrl ?? "", ["zendesk.com"]);
  const credential = { ...input, baseUrl: origin, accessKey: (input.accessKey ?? "").trim() };
  const client = zendeskHttp(services, credential);
  await assertKnown(client, signal);
  const chosen = chosenParts(input);
  const grants = chosen === undefined || chosen.includes("tickets");
  const granted = grants && (await mayReadTickets(new TicketsApi(client, signal)));
  if (chosen?.includes("tickets") === true && !granted) throw notForThisAccount();
  const read = chosen ?? parts.filter((part) => part !== "tickets" || granted);
  return {
    account: input.account ?? hostname.replace(/\.zendesk\.com$/, ""),
    credential: { ...credential, options: { ...input.options, read: [...read] } },
  };
}

/** Undefined where a new account leaves it to us. */
function chosenParts({ options, keepSecrets }: CredentialInput): Part[] | undefined {
  if (options?.["read"] === undefined && keepSecrets !== true) return undefined;
  return optionsSchema.parse(options ?? {}).read;
}

async function mayReadTickets(api: TicketsApi): Promise<boolean> {
  try {
    await api.exported(null, 1);
    return true;
  } catch (error) {
    if (error instanceof TicketsNotGrantedError) return false;
    throw error;
  }
}

function notForThisAccount(): InputError {
  const message = "takes tickets with the e-mail address and token of an administrator alone";
  return new InputError("Zendesk does not let this account read all tickets.", [
    { field: "options.read", message },
  ]);
}
