/** Servers and channels that a bot sees, to choose from. */
import type { IntegrationContext, OptionChoice, OptionChoices } from "@/core/models/models";
import { createApi } from "./api";
import type { InvalidRequests } from "./invalid-requests";
import { discordOptionsSchema, isNamed } from "./models/models";

/** Voice and stage channels hold talk as well; stores and directories do not. */
const CATEGORY = 4;

export function discordChoices(invalid: InvalidRequests): OptionChoices {
  const apiOf = ({ credential, ...services }: IntegrationContext) =>
    createApi({ token: credential.apiKey ?? "", services, invalid, signal: services.signal });
  return {
    servers: async function* (context) {
      yield* (await apiOf(context).guilds()).map(({ id, name }) => ({ id, name }));
    },
    channels: (context) => channels(apiOf(context), context),
    exclude: (context) => channels(apiOf(context), context),
  };
}

/** Channels and categories of the servers that were chosen, or of all. */
async function* channels(
  api: ReturnType<typeof createApi>,
  { credential }: IntegrationContext,
): AsyncGenerator<OptionChoice> {
  const { servers } = discordOptionsSchema.parse({ servers: credential.options["servers"] ?? [] });
  for (const guild of await api.guilds()) {
    if (servers.length > 0 && !isNamed(servers, guild.id, guild.name)) continue;
    for (const { id, name, type } of await api.channels(guild.id)) {
      const hint = type === CATEGORY ? `${guild.name}, category` : guild.name;
      yield { id, name: name ?? id, hint };
    }
  }
}
