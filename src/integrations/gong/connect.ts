import { AuthError, InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { idsByName } from "@/core/services/credentials/choose-by-name";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { assertHostSuffix } from "@/core/services/http/host-suffix";
import { plainLine } from "@/lib/clean-text";
import { createGongApi, type GongApi, gongHttp } from "./api";
import type { Workspace } from "./models/models";
import { gongOptionsSchema } from "./models/options";

/**
 * Checks an account before it is stored, with one request: the host is Gong's, the key is accepted, and the chosen
 * workspaces exist. Their names become ids, the base URL loses what people paste along with it.
 *
 * @throws InputError naming the field at fault; AuthError when Gong does not accept the key.
 */
export async function connectGong(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const host = assertHostSuffix(input.baseUrl ?? "", ["api.gong.io"]);
  const options = gongOptionsSchema.parse(input.options ?? {});
  const baseUrl = services.apiUrl(host.origin);
  const http = services.http(gongHttp(baseUrl, input.accessKey, input.secretKey));
  const known = await workspacesOf(createGongApi(http, baseUrl, signal));
  const workspaces = idsOf(options.workspaces, known);
  return {
    account: input.account ?? host.hostname.replace(/\.api\.gong\.io$/, ""),
    credential: { ...input, baseUrl: host.origin, options: { ...options, workspaces } },
  };
}

/** The account's workspaces; undefined when the key may not list them, but is accepted. */
async function workspacesOf(api: GongApi): Promise<Workspace[] | undefined> {
  try {
    return await api.workspaces();
  } catch (error) {
    if (error instanceof AuthError) throw refused(error);
    if (error instanceof MissingError) throw wrongAddress(error);
    if (!(error instanceof ForbiddenError)) throw error;
  }
  try {
    await api.users();
    return undefined;
  } catch (error) {
    if (!(error instanceof ForbiddenError) && !(error instanceof AuthError)) throw error;
    throw new AuthError("Gong accepts the key but lets it read nothing.", {
      action:
        "Give it the scopes that the form names; where Gong limits keys to trusted addresses, add this machine's.",
      cause: error,
    });
  }
}

function refused(cause: unknown): AuthError {
  return new AuthError("Gong does not accept this access key and secret.", {
    action:
      "Check both, and that the base URL is the one shown beside them: a key works at its own host only.",
    cause,
  });
}

function wrongAddress(cause: unknown): InputError {
  const message = "takes the API base URL that Gong shows where the key is made";
  return new InputError("There is no Gong API at this base URL.", [{ field: "baseUrl", message }], { cause });
}

function idsOf(names: readonly string[], known: readonly Workspace[] | undefined): string[] {
  if (known !== undefined) {
    const choices = known.map(({ id, name }) => ({ id, names: [name] }));
    return idsByName("Gong", "workspaces", names, choices);
  }
  const unknown = names.find((name) => !/^\d{1,20}$/.test(name));
  if (unknown === undefined) return [...names];
  const message = "takes ids, because the key may not list workspaces by name";
  throw new InputError(`'${plainLine(unknown, 100)}' is no id of a Gong workspace: it ${message}`, [
    { field: "options.workspaces", message },
  ]);
}
