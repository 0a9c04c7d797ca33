import type { IntegrationConfig } from "@/core/models/models";

/** How a Salesforce organisation is connected. */
export const salesforceConfig: IntegrationConfig = {
  integration: "Salesforce",
  icon: "/assets/salesforce.svg",
  integrationType: "OAUTH",
  // Names that changed, records that are shared no longer or erased from the bin, and archived articles show in a full
  // listing alone.
  fullSyncAt: "nightly at 03:00",
  description: [
    "Reads accounts, contacts, leads, opportunities, cases with their comments and e-mails, tasks, events, notes, published",
    "knowledge articles, and objects of your own, as far as you may see them. Nothing is written.",
    "",
    "1. An administrator makes an external client app (or connected app) with OAuth: Setup → External Client App Manager →",
    "   New, with the redirect address shown here and the scopes “Manage user data via APIs (api)” and “Perform requests at",
    "   any time (refresh_token, offline_access)”.",
    "2. Give its consumer key and secret here, say where you log in, and agree on Salesforce's page.",
  ].join("\n"),
  docs: "https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_web_server_flow.htm",
  inputs: [
    { input: "accessKey", label: "Consumer key", placeholder: "3MVG9…", secret: false },
    { input: "secretKey", label: "Consumer secret", secret: true },
  ],
  optionInputs: [
    {
      key: "login",
      label: "Where you log in",
      placeholder: "https://acme.my.salesforce.com",
      help: "production, sandbox, or your own address. Empty: production (login.salesforce.com).",
    },
    {
      key: "objects",
      label: "Only these",
      placeholder: "accounts, opportunities, cases",
      help: "Out of accounts, contacts, leads, opportunities, cases, tasks, events, notes, articles. Empty: all that you may see.",
    },
    {
      key: "custom",
      label: "Objects of your own too",
      placeholder: "Project__c, Site_Visit__c",
      help: "API names, separated by commas.",
    },
    {
      key: "talk",
      label: "What was written in cases",
      placeholder: "yes",
      help: "yes or no: comments, those for colleagues alone included, and e-mails.",
    },
    {
      key: "share",
      label: "Share of API requests",
      placeholder: "90",
      help: "The sync waits once the organisation has used so many per cent of its requests of 24 hours, whoever made them.",
    },
  ],
  about: [
    "One artifact is one account, contact, lead, opportunity, case (with its comments and e-mails), task, event, note, published",
    "article, or record of an object of the organisation's own. mdArtifacts.integrationArtifactId is 'salesforce:', then",
    "'account:', 'contact:', 'lead:', 'opportunity:', 'case:', 'task:', 'event:', 'note:', 'article:' or the object's name",
    "without __c and ':', then the id: accountId in salesforceAccount, personId in salesforcePerson (kind is contact or lead),",
    "opportunityId in salesforceOpportunity, caseId in salesforceCase, activityId in salesforceActivity (kind is task or event),",
    "recordId in salesforceRecord (the others, by object). accountId, contactId, personId and aboutId refer to these; aboutId of",
    "an activity may be an opportunityId, caseId, accountId or recordId. fields is a JSON object of the organisation's own fields",
    "by API name. closed is 0 while a deal, case or task is open. Times are ISO-8601 UTC text, closeDate and the due date of",
    "a task (at) are days, amounts numbers in currency (null: the organisation's own). All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which deals are open, where do they stand, and what is next?",
      sql: `SELECT "name", "accountName", "stage", "amount", "closeDate", "nextStep", "owner" FROM "salesforceOpportunity" WHERE "closed" = 0 ORDER BY "closeDate" LIMIT 50`,
    },
    {
      question: "What is open with each customer: deals, cases, tasks?",
      sql: `SELECT a."name", (SELECT count(*) FROM "salesforceOpportunity" o WHERE o."account" = a."account" AND o."accountId" = a."accountId" AND o."closed" = 0) AS "deals", (SELECT count(*) FROM "salesforceCase" c WHERE c."account" = a."account" AND c."accountId" = a."accountId" AND c."closed" = 0) AS "cases", (SELECT count(*) FROM "salesforceActivity" t WHERE t."account" = a."account" AND t."accountId" = a."accountId" AND t."kind" = 'task' AND t."closed" = 0) AS "tasks" FROM "salesforceAccount" a ORDER BY "deals" + "cases" + "tasks" DESC LIMIT 50`,
    },
    {
      question: "When was last something done about each open deal?",
      sql: `SELECT o."name", o."stage", o."owner", max(t."at") AS "lastActivity" FROM "salesforceOpportunity" o LEFT JOIN "salesforceActivity" t ON t."account" = o."account" AND t."aboutId" = o."opportunityId" AND t."at" <= strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE o."closed" = 0 GROUP BY o."account", o."opportunityId" ORDER BY "lastActivity" LIMIT 50`,
    },
  ],
};
