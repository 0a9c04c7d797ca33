import { InputError } from "@/core/models/errors";
import type { IntegrationServices } from "@/core/models/integration";
import type { ConnectResult, CredentialInput } from "@/core/models/models";
import { createApi } from "./api";
import type { InvalidRequests } from "./invalid-requests";
import { inviteLink } from "./invite-link";
import { type DiscordOptions, discordOptionsSchema, isNamed } from "./models/models";
import { CONTENT_INTENT } from "./models/permissions";

export interface ConnectTools {
  services: IntegrationServices;
  invalid: InvalidRequests;
  signal: AbortSignal;
}

/**
 * Checks a bot before it is connected: its token, its right to read what messages say, and that it is in a server.
 * The bot's name is the account's label when none was given.
 *
 * @throws InputError naming the field and what to do, AuthError when Discord does not know the token.
 */
export async function connectBot(input: CredentialInput, tools: ConnectTools): Promise<ConnectResult> {
  const token = cleanToken(input.apiKey ?? "");
  const options = discordOptionsSchema.parse(input.options ?? {});
  const api = createApi({ token, ...tools });
  const application = await api.application();
  if ((application.flags & CONTENT_INTENT) === 0) throw intentMissing();
  const guilds = await api.guilds();
  if (guilds.length === 0) throw inNoServer(application.id, options);
  const unknown = options.servers.filter(
    (name) => !guilds.some((guild) => isNamed([name], guild.id, guild.name)),
  );
  if (unknown.length > 0) throw notIn(unknown, guilds, inviteLink(application.id, options));
  return {
    account: input.account ?? application.bot?.username ?? application.name,
    credential: { ...input, apiKey: token, options: { ...options } },
  };
}

/** People copy the token with the scheme in front, or something else altogether. */
function cleanToken(given: string): string {
  const token = given.trim().replace(/^Bot\s+/i, "");
  if (/^[\w-]{10,}\.[\w-]{3,}\.[\w-]{3,}$/.test(token)) return token;
  const looksLike = /^https?:/.test(token) ? "is an address" : "does not look like a bot token";
  throw wrong("apiKey", `The bot token ${looksLike}. It has three parts with dots in between.`, {
    action: "Copy it from the page “Bot” of the application (“Reset Token” makes a new one).",
  });
}

function intentMissing(): InputError {
  return wrong(
    "apiKey",
    "Discord does not show this bot what messages say: its Message Content intent is off.",
    {
      action:
        "Turn on “Message Content Intent” on the page “Bot” of the application, save, and connect again.",
    },
  );
}

function inNoServer(applicationId: string, options: DiscordOptions): InputError {
  return wrong("apiKey", "The token is right, but the bot is in no server yet.", {
    action: `Let somebody who manages the server open ${inviteLink(applicationId, options)}, then connect again.`,
  });
}

function notIn(unknown: readonly string[], guilds: readonly { name: string }[], link: string): InputError {
  const known = guilds.slice(0, 20).map(({ name }) => `“${name}”`);
  return wrong(
    "options.servers",
    `The bot is in no server called ${unknown.map((name) => `“${name}”`).join(", ")}.`,
    {
      action: `It is in ${known.join(", ")}. To invite it to another one: ${link}`,
    },
  );
}

function wrong(field: string, message: string, options: { action: string }): InputError {
  return new InputError(message, [{ field, message }], options);
}
