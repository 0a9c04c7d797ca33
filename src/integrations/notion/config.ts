import type { IntegrationConfig } from "@/core/models/models";

/** How a Notion workspace is connected. */
export const notionConfig: IntegrationConfig = {
  integration: "Notion",
  icon: "/assets/notion.svg",
  integrationType: "API_KEY",
  // Edits by programs, renamed people and changed relations do not always date a page anew.
  fullSyncAt: "weekly on sunday at 03:30",
  description: [
    "Reads pages, databases with their rows, and comments that are shared with a connection of your own.",
    "",
    "1. At [notion.so/profile/integrations](https://www.notion.so/profile/integrations), make an internal integration",
    "   that may read content, comments and user information.",
    "2. In Notion, open each page at the top of what is to be found → `•••` → Connections → add the integration.",
    "3. Paste the integration's secret here. A public connection takes its client ID and secret in place of it.",
  ].join("\n"),
  docs: "https://developers.notion.com/docs/create-a-notion-integration",
  inputs: [
    {
      input: "apiKey",
      label: "Internal integration secret",
      placeholder: "ntn_…",
      help: "Begins with ntn_ (older ones with secret_).",
      secret: true,
    },
    {
      input: "accessKey",
      label: "OAuth client ID",
      secret: false,
      help: "Only for a public connection, in place of the secret.",
    },
    { input: "secretKey", label: "OAuth client secret", secret: true },
  ],
  about: [
    "One artifact is one page (also a row of a database): title, where it is, its properties, content, comments; or one",
    "data source: its columns and the links of its rows. mdArtifacts.integrationArtifactId is 'notion:page:' or",
    "'notion:data-source:' followed by the id without dashes.",
    "notionPage has one row a page: title, breadcrumb (' / ' between titles), times, and for rows of databases",
    "dataSourceId and properties, a JSON object of texts by column name. notionDataSource has one row a data source with",
    "its columns (JSON). notionLink says which page holds (contains) or speaks of which. notionUser has names of people;",
    "createdBy and lastEditedBy point there. All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which databases are there, and how many rows has each?",
      sql: `SELECT d."title", count(p."pageId") AS "rows" FROM "notionDataSource" d LEFT JOIN "notionPage" p ON p."account" = d."account" AND p."dataSourceId" = d."dataSourceId" GROUP BY d."account", d."dataSourceId" ORDER BY "rows" DESC`,
    },
    {
      question: "Which rows of databases have which status?",
      sql: `SELECT p."title", d."title" AS "database", json_extract(p."properties", '$.Status') AS "status" FROM "notionPage" p JOIN "notionDataSource" d ON d."account" = p."account" AND d."dataSourceId" = p."dataSourceId" ORDER BY p."lastEditedTime" DESC LIMIT 50`,
    },
    {
      question: "What was edited last, and where is it?",
      sql: `SELECT "title", "breadcrumb", "lastEditedTime", "url" FROM "notionPage" ORDER BY "lastEditedTime" DESC LIMIT 20`,
    },
  ],
  optionInputs: [
    {
      key: "roots",
      label: "Only below these pages",
      placeholder: "https://www.notion.so/Handbook-0123…",
      help: "Links to pages or databases, one a line. Empty: everything that is shared with the integration.",
    },
    {
      key: "since",
      label: "Only edited since",
      placeholder: "2025-01-01",
      help: "Pages last edited before this day are left out.",
    },
    { key: "comments", label: "With comments", placeholder: "yes", help: "yes or no; one request a page" },
    { key: "transcripts", label: "With meeting transcripts", placeholder: "yes", help: "yes or no" },
  ],
};
