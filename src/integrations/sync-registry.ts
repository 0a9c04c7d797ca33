import type { Integration } from "@/core/models/models";
import { discordIntegration } from "./discord/integration";
import { filesIntegration } from "./files/integration";
import { githubIntegration } from "./github/integration";
import { gongIntegration } from "./gong/integration";
import { notionIntegration } from "./notion/integration";
import { slackIntegration } from "./slack/integration";
import { linearIntegration } from "./linear/integration";
import { googleDriveIntegration } from "./google-drive/integration";
import { confluenceIntegration } from "./confluence/integration";
import { zendeskIntegration } from "./zendesk/integration";
import { jiraIntegration } from "./jira/integration";
import { hubspotIntegration } from "./hubspot/integration";
import { googleCalendarIntegration } from "./google-calendar/integration";
import { firecrawlIntegration } from "./firecrawl/integration";
import { gmailIntegration } from "./gmail/integration";
import { plaudIntegration } from "./plaud/integration";
import { sharepointIntegration } from "./sharepoint/integration";
import { salesforceIntegration } from "./salesforce/integration";

/** Sources that can sync. A source must be here and in `config-registry.ts`. */
export const supportedIntegrations: Integration[] = [
  filesIntegration,
  discordIntegration,
  githubIntegration,
  gongIntegration,
  notionIntegration,
  slackIntegration,
  linearIntegration,
  googleDriveIntegration,
  confluenceIntegration,
  zendeskIntegration,
  jiraIntegration,
  hubspotIntegration,
  googleCalendarIntegration,
  firecrawlIntegration,
  gmailIntegration,
  plaudIntegration,
  sharepointIntegration,
  salesforceIntegration,
];
