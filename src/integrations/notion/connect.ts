import { AuthError, InputError } from "@/core/models/errors";
import type { ConnectResult, CredentialInput, IntegrationServices } from "@/core/models/models";
import {
  ForbiddenError,
  MissingError,
  RequestRefusedError,
  unlessRefused,
} from "@/core/services/http/errors";
import { createNotionApi, type NotionApi } from "./api/notion-api";
import { notionOptionsSchema } from "./models/options";

/**
 * Checks a secret and the chosen pages before they are stored: three small requests at most. The account is named
 * after the workspace when the person gave no name.
 *
 * @throws InputError naming the field and what it takes.
 */
export async function connectNotion(
  input: CredentialInput,
  signal: AbortSignal,
  services: IntegrationServices,
): Promise<ConnectResult> {
  const options = notionOptionsSchema.parse(input.options ?? {});
  const apiKey = (input.apiKey ?? "").trim();
  if (!/^[\x21-\x7e]{10,}$/.test(apiKey)) {
    throw wrong("apiKey", "takes the integration's secret, which begins with ntn_.");
  }
  const api = createNotionApi(services, tokenAuth(apiKey), signal);
  const workspace = await workspaceOf(api);
  for (const id of options.roots) await checkRoot(api, id);
  await warnOfEmpty(api, services);
  return { account: input.account ?? workspace, credential: { ...input, apiKey } };
}

export function tokenAuth(token: string) {
  return { headers: () => Promise.resolve({ Authorization: `Bearer ${token}` }) };
}

async function workspaceOf(api: NotionApi): Promise<string> {
  try {
    const me = await api.me();
    return me.bot?.workspace_name || me.name || "Notion";
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    throw wrong(
      "apiKey",
      "is not accepted by Notion. It takes the secret of an integration that still exists.",
      error,
    );
  }
}

async function checkRoot(api: NotionApi, id: string): Promise<void> {
  for (const look of [api.page, api.database, api.dataSource]) {
    // A page's id where a database's belongs is refused.
    const seen = await unlessRefused<unknown>(look(id), MissingError, ForbiddenError, RequestRefusedError);
    if (seen !== undefined) return;
  }
  throw wrong(
    "options.roots",
    `names a page that the integration cannot see (${id}). Share it in Notion: ••• → Connections.`,
  );
}

/** A new integration sees nothing until pages are shared with it; and search may lag. Said, but no reason to refuse. */
async function warnOfEmpty(api: NotionApi, { log }: IntegrationServices): Promise<void> {
  const { data } = await api.search({ object: "page" });
  if (data.results.length === 0) {
    log.warn(
      "No page is shared with this Notion integration yet. In Notion: ••• → Connections → add it to a page.",
    );
  }
}

function wrong(field: string, message: string, cause?: unknown): InputError {
  const name = field === "apiKey" ? "The secret" : "“Only below these pages”";
  return new InputError(`${name} ${message}`, [{ field, message }], { cause });
}
