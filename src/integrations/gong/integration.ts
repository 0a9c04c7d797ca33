import { createIntegration } from "@/core/services/sync/create-integration";
import { gongChoices } from "./choices";
import { gongConfig } from "./config";
import { connectGong } from "./connect";
import { gongCall, gongParty, gongTopic, gongUser, gongWorkspace } from "./db/schema";
import { gongOptionsSchema } from "./models/options";

/** Recorded calls of a Gong account. */
export const gongIntegration = createIntegration({
  config: gongConfig,
  options: gongOptionsSchema,
  streams: async (context, options) => {
    const { callsStream } = await import("./sync-steps/stream");
    return [callsStream(context, options)];
  },
  connect: connectGong,
  // An update reads the calls of the last two weeks again; what happened to older ones meanwhile it cannot see.
  keepsChangesForDays: 14,
  choices: gongChoices,
  tables: [gongCall, gongParty, gongTopic, gongUser, gongWorkspace],
});
