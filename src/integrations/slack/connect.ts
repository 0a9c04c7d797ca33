import type { z } from "zod";
import { AuthError, InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import { createApi, type SlackApi } from "./api";
import type { identitySchema } from "./models/api";
import { type SlackOptions, slackOptionsSchema } from "./models/options";
import type { Workspace } from "./render/workspace";

/**
 * Checks a token before it is stored: whose it is, and that it may list channels. The account is named after the
 * workspace when the person gave no name.
 *
 * @throws InputError naming the field and what it takes; PermanentError naming the scope that is missing.
 */
export async function connectSlack(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const apiKey = cleanToken(input.apiKey ?? "");
  const api = createApi({ auth: bearerAuth(apiKey), services, signal });
  try {
    const { name } = workspaceOf(await api.identity());
    await api.probe();
    const options = await withIds(slackOptionsSchema.parse(input.options ?? {}), api);
    return {
      account: input.account ?? name,
      credential: { ...input, apiKey, options: { ...input.options, ...options } },
    };
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    throw wrong(
      "Slack does not accept the token. It takes the one that the app's page shows after it was installed.",
      error,
    );
  }
}

/**
 * Channels that were named are kept by their ids: one that is renamed must neither be left out nor, where it was to be,
 * come in. Names of channels that the app does not see (yet) stay as they are.
 */
async function withIds(
  { channels, exclude }: SlackOptions,
  api: Pick<SlackApi, "channels">,
): Promise<Partial<SlackOptions>> {
  if (channels.length + exclude.length === 0) return {};
  const known = await api.channels(false);
  const ids = new Map(known.map(({ id, name }) => [(name ?? id).toLowerCase(), id]));
  const idOf = (entry: string) => ids.get(entry.replace(/^#/, "").toLowerCase()) ?? entry;
  return { channels: channels.map(idOf), exclude: exclude.map(idOf) };
}

export function workspaceOf({ team_id, team, url }: z.infer<typeof identitySchema>): Workspace {
  const address = url && URL.canParse(url) ? url : "https://slack.com/";
  return { id: team_id, name: team || team_id, url: address.endsWith("/") ? address : `${address}/` };
}

/** People copy the signing secret, or a token for something else. */
function cleanToken(given: string): string {
  const token = given.trim().replace(/^Bearer\s+/i, "");
  if (/^xox[bp]-[\w-]{8,}$/.test(token) || /^xoxe\.xox[bp]-[\w-]{8,}$/.test(token)) return token;
  const other = token.startsWith("xapp-")
    ? "an app-level token"
    : /^xoxc-|^xoxd-/.test(token)
      ? "a browser's token"
      : "";
  throw wrong(
    other === ""
      ? "The token begins with xoxb- (of an app) or xoxp- (of a person). Copy it from “OAuth & Permissions” of the app."
      : `This is ${other}, which cannot read channels. Copy the “Bot User OAuth Token” from “OAuth & Permissions”.`,
  );
}

function wrong(message: string, cause?: unknown): InputError {
  return new InputError(message, [{ field: "apiKey", message }], { cause });
}
