import { createIntegration } from "@/core/services/sync/create-integration";
import { salesforceChoices } from "./choices";
import { salesforceConfig } from "./config";
import {
  salesforceAccount,
  salesforceActivity,
  salesforceCase,
  salesforceOpportunity,
  salesforcePerson,
  salesforceRecord,
} from "./db/schema";
import { optionsSchema } from "./models/options";
import { salesforceOAuth } from "./oauth";

/** A Salesforce organisation: its accounts, people, deals and cases, what was said about them, and what is to be done. */
export const salesforceIntegration = createIntegration({
  config: salesforceConfig,
  options: optionsSchema,
  streams: async (context, options, db) => {
    const { salesforceStreams } = await import("./sync-steps/streams");
    return salesforceStreams(context, options, db);
  },
  oauth: salesforceOAuth,
  choices: salesforceChoices,
  // The bin, from which deletions are told, keeps records for 15 days.
  keepsChangesForDays: 14,
  tables: [
    salesforceAccount,
    salesforcePerson,
    salesforceOpportunity,
    salesforceCase,
    salesforceActivity,
    salesforceRecord,
  ],
});
