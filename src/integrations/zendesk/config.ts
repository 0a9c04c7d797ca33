import type { IntegrationConfig } from "@/core/models/models";

/** How a Zendesk help centre is connected. */
export const zendeskConfig: IntegrationConfig = {
  integration: "Zendesk",
  icon: "/assets/zendesk.svg",
  integrationType: "BASIC_TOKEN",
  // Names that changed, and tickets that are gone without a word, show in a full export alone, for which Zendesk asks not to
  // be asked often.
  fullSyncAt: "30 4 1 * *",
  description: [
    "Reads the published articles of a help centre, and the tickets with what was said in them. Nothing is written to Zendesk.",
    "",
    "An administrator makes the API token: Admin Center → Apps and integrations → APIs → API tokens. It reads what the",
    "account sees whose e-mail address you give with it, internal articles included. Tickets take an administrator's.",
  ].join("\n"),
  docs: "https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/",
  inputs: [
    { input: "baseUrl", label: "Address", placeholder: "https://acme.zendesk.com", required: true },
    {
      input: "accessKey",
      label: "E-mail address",
      placeholder: "ana@acme.example",
      secret: false,
      required: true,
    },
    { input: "secretKey", label: "API token", secret: true, required: true },
  ],
  optionInputs: [
    {
      key: "read",
      label: "What is read",
      placeholder: "help centre, tickets",
      help: "Empty when an account is connected: all that its token may read.",
    },
    {
      key: "notes",
      label: "Internal notes too",
      placeholder: "no",
      help: "yes or no: what those who answer tickets wrote for each other alone.",
    },
  ],
  about: [
    "One artifact is one article of the help centre, or one ticket with what was said in it. zendeskArticle has a row for each: mdArtifacts.integrationArtifactId is",
    "'zendesk:article:' followed by articleId; category and section tell where it stands, labels is a JSON array, segment is",
    "the id of the group of people who may read it, several of them with commas between, null when everybody may.",
    "zendeskTicket has a row for each ticket, 'zendesk:ticket:' followed by ticketId: status is new, open, pending, hold, solved",
    "or closed; requester, organisation, assignee and groupName are names, tags a JSON array, fields a JSON object of the",
    "account's own fields by their titles, satisfaction good or bad.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which articles were not edited for a year?",
      sql: `SELECT "category", "title", "editedAt", "url" FROM "zendeskArticle" WHERE "editedAt" < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 year') ORDER BY "editedAt" LIMIT 50`,
    },
    {
      question: "How many articles has each section?",
      sql: `SELECT "category", "section", count(*) AS "articles" FROM "zendeskArticle" GROUP BY "category", "section" ORDER BY "articles" DESC`,
    },
    {
      question: "Which organisations have most open tickets, and since when?",
      sql: `SELECT "organisation", count(*) AS "tickets", min("createdAt") AS "oldest" FROM "zendeskTicket" WHERE "status" IN ('new', 'open', 'pending', 'hold') GROUP BY "organisation" ORDER BY "tickets" DESC LIMIT 20`,
    },
  ],
};
