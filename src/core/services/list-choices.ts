/** Lists what an account could choose for a setting before it is connected: bounded in number and in time. */
import type { ChoicesAnswer, OptionChoice } from "@/core/models/choices";
import type { CredentialInput } from "@/core/models/credential";
import { ConflictError, NotFoundError, TransientError } from "@/core/models/errors";
import type { Integration, IntegrationContext } from "@/core/models/integration";
import { plainLine } from "@/lib/clean-text";
import type { App } from "./app";
import { checkInput } from "./credentials/check";
import { beyondTheForm } from "./credentials/fields";

/** Entries that are answered at most. */
const MOST = 200;
/** Entries that are looked at at most, for those with the words that were asked for. */
const LOOKED_AT = 10_000;
const PATIENCE_SECONDS = 20;

export interface ChoicesQuestion {
  /** Key of the setting. */
  option: string;
  /** What the form holds, as for `credentials.save`; the settings of this kind are not checked yet. */
  input: CredentialInput;
  /** Part of a name; empty for all. */
  words: string;
  signal: AbortSignal;
}

/**
 * What could be chosen for a setting, by a credential that is checked with the source first.
 *
 * @throws NotFoundError for a setting without a list, InputError and AuthError as saving the credential would,
 *   TransientError when the source takes too long.
 */
export async function listChoices(
  app: Pick<App, "credentials" | "oauth" | "services">,
  integration: Integration,
  { option, input, words, signal }: ChoicesQuestion,
): Promise<ChoicesAnswer> {
  const lists = new Map(Object.entries(integration.choices ?? {}));
  const list = lists.get(option);
  const { integration: name } = integration.config;
  if (list === undefined) {
    const known = [...lists.keys()].join(", ");
    const action = known === "" ? "Write its value by hand." : `There are lists for ${known}.`;
    throw new NotFoundError(`${name} has no list to choose '${plainLine(option, 100)}' from.`, { action });
  }
  const patience = AbortSignal.timeout(PATIENCE_SECONDS * 1_000);
  const context = await contextOf(app, integration, input, AbortSignal.any([signal, patience]));
  try {
    return await gather(list(context), words, () => patience.aborted);
  } catch (error) {
    if (!patience.aborted || signal.aborted) throw error;
    throw new TransientError(`${name} took longer than ${PATIENCE_SECONDS} seconds to list what there is.`, {
      action: "Write the name by hand, or try again.",
      cause: error,
    });
  }
}

/** The account as its sync would see it, checked as it would be before it is saved. */
async function contextOf(
  app: Pick<App, "credentials" | "oauth" | "services">,
  integration: Integration,
  given: CredentialInput,
  signal: AbortSignal,
): Promise<IntegrationContext> {
  const { integration: name } = integration.config;
  const input = await app.credentials.complete(name, given);
  const { options = {} } = input;
  // What is being chosen may be half written. It is checked when it is saved.
  const settled = Object.entries(options).filter(([key]) => integration.choices?.[key] === undefined);
  const checkable = { ...input, options: Object.fromEntries(settled) };
  const byConsent = integration.oauth !== undefined && input.apiKey === undefined;
  // An account that agreed to the installation's own application has nothing in the form that is to be checked.
  const isBare = settled.length === 0 && input.accessKey === undefined && input.secretKey === undefined;
  if (!byConsent || !isBare) checkInput(integration, checkable, Object.keys(integration.choices ?? {}));
  if (byConsent) {
    const stored = await app.credentials.read(name, input.account ?? "");
    const auth = stored && app.oauth.authOf(integration, stored);
    if (stored === undefined || auth === undefined) throw notAgreed(name);
    const { account } = stored;
    const services = app.services.for(name, account);
    const known = { ...beyondTheForm(integration.config, stored.options), ...options };
    return {
      ...services,
      integration: name,
      account,
      credential: { ...stored, options: known },
      auth,
      signal,
    };
  }
  const services = app.services.for(name);
  const checked = await integration.connect?.(checkable, signal, services);
  const account = checked?.account ?? input.account ?? "default";
  const { accessKey, secretKey, apiKey, baseUrl } = checked?.credential ?? input;
  const credential = { id: "", integration: name, account, accessKey, secretKey, apiKey, baseUrl, options };
  return { ...services, integration: name, account, credential, signal };
}

function notAgreed(name: string): ConflictError {
  return new ConflictError(`What there is to choose is known once somebody has agreed at ${name}.`, {
    action: "Connect it, and change the account afterwards.",
  });
}

async function gather(
  list: AsyncIterable<OptionChoice>,
  words: string,
  isOver: () => boolean,
): Promise<ChoicesAnswer> {
  const wanted = words.trim().toLowerCase();
  const found: OptionChoice[] = [];
  let more = false;
  let seen = 0;
  try {
    for await (const choice of list) {
      const fits = `${choice.name}\n${choice.hint ?? ""}\n${choice.id}`.toLowerCase().includes(wanted);
      more = (fits && found.length === MOST) || (seen += 1) > LOOKED_AT;
      if (more) break;
      if (fits) found.push(choice);
    }
  } catch (error) {
    if (!isOver() || found.length === 0) throw error;
    more = true;
  }
  return { choices: written(found), more };
}

/** Names where a setting takes them and one name means one entry; ids otherwise. */
function written(found: readonly OptionChoice[]): ChoicesAnswer["choices"] {
  const times = new Map<string, number>();
  for (const { name } of found) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  const inOrder = new Intl.Collator().compare;
  return found
    .map(({ id, name, hint, byIdOnly = false }) => {
      const shown = plainLine(name, 200);
      const isClear = times.get(name.toLowerCase()) === 1 && shown === name && !/^$|[,#]/.test(name);
      return {
        value: byIdOnly || !isClear ? id : name,
        name: shown === "" ? id : shown,
        ...(hint === undefined ? {} : { hint: plainLine(hint, 200) }),
      };
    })
    .sort((a, b) => inOrder(a.name, b.name));
}
