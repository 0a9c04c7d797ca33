import type { IntegrationConfig } from "@/core/models/models";

/** How a Confluence Cloud site is connected. */
export const confluenceConfig: IntegrationConfig = {
  integration: "Confluence",
  icon: "/assets/confluence.svg",
  integrationType: "BASIC_TOKEN",
  description: [
    "Reads the pages and blog posts that you can see, with their comments. Nothing is written to Confluence.",
    "",
    "Make an API token at [id.atlassian.com](https://id.atlassian.com/manage-profile/security/api-tokens) (Create API token,",
    "without scopes) and give it with the e-mail address of its account.",
  ].join("\n"),
  docs: "https://developer.atlassian.com/cloud/confluence/rest/v2/intro/",
  inputs: [
    { input: "baseUrl", label: "Site", placeholder: "https://acme.atlassian.net", required: true },
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
      key: "spaces",
      label: "Only these spaces",
      placeholder: "ENG, Handbook",
      help: "Keys or names, separated by commas. Empty: all that you can see and nobody archived.",
    },
    { key: "comments", label: "Comments too", placeholder: "yes", help: "yes or no." },
  ],
  about: [
    "One artifact is one page or blog post with where it lies, its text and its comments. confluencePage has a row for",
    "each: mdArtifacts.integrationArtifactId is 'confluence:' followed by pageId; parentId is the pageId of the page above,",
    "spaceKey and space tell the space, path the titles from the top down as a JSON array, version counts its edits.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which pages were not touched for a year?",
      sql: `SELECT "space", "title", "updatedAt", "url" FROM "confluencePage" WHERE "updatedAt" < strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-1 year') ORDER BY "updatedAt" LIMIT 50`,
    },
    {
      question: "How many pages has each space, and when was it last changed?",
      sql: `SELECT "space", count(*) AS "pages", max("updatedAt") AS "changed" FROM "confluencePage" GROUP BY "space" ORDER BY "pages" DESC`,
    },
  ],
};
