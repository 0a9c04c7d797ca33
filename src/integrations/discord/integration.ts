import { createIntegration } from "@/core/services/sync/create-integration";
import { discordChoices } from "./choices";
import { discordConfig } from "./config";
import { connectBot } from "./connect";
import { discordChannel, discordMember, discordMessage, discordRole, discordServer } from "./db/schema";
import { createInvalidRequests } from "./invalid-requests";
import { discordOptionsSchema } from "./models/models";

/** Discord's limit on refused requests is one of the machine's address, so all accounts share the count. */
const invalid = createInvalidRequests();

/** Messages of the Discord servers that a bot was invited to. */
export const discordIntegration = createIntegration({
  config: discordConfig,
  options: discordOptionsSchema,
  streams: async (context, options) => {
    const { discordStreams } = await import("./sync-steps/streams");
    return discordStreams(context, options, invalid);
  },
  // An update reads the last days again (seven, if nobody chose); edits before these are met by the slow round alone.
  keepsChangesForDays: 7,
  connect: (input, signal, services) => connectBot(input, { signal, services, invalid }),
  choices: discordChoices(invalid),
  tables: [discordServer, discordChannel, discordMember, discordRole, discordMessage],
});
