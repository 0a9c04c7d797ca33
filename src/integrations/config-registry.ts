import type { IntegrationConfig } from "@/core/models/models";
import { discordConfig } from "./discord/config";
import { filesConfig } from "./files/config";
import { githubConfig } from "./github/config";
import { gongConfig } from "./gong/config";
import { notionConfig } from "./notion/config";
import { slackConfig } from "./slack/config";
import { linearConfig } from "./linear/config";
import { googleDriveConfig } from "./google-drive/config";
import { confluenceConfig } from "./confluence/config";
import { zendeskConfig } from "./zendesk/config";
import { jiraConfig } from "./jira/config";
import { hubspotConfig } from "./hubspot/config";
import { googleCalendarConfig } from "./google-calendar/config";
import { firecrawlConfig } from "./firecrawl/config";
import { gmailConfig } from "./gmail/config";
import { plaudConfig } from "./plaud/config";
import { sharepointConfig } from "./sharepoint/config";
import { salesforceConfig } from "./salesforce/config";

/** Sources that people can connect: the web page and the command line make their forms from this list. */
export const configRegistry: IntegrationConfig[] = [
  filesConfig,
  discordConfig,
  githubConfig,
  gongConfig,
  notionConfig,
  slackConfig,
  linearConfig,
  googleDriveConfig,
  confluenceConfig,
  zendeskConfig,
  jiraConfig,
  hubspotConfig,
  googleCalendarConfig,
  firecrawlConfig,
  gmailConfig,
  plaudConfig,
  sharepointConfig,
  salesforceConfig,
];
