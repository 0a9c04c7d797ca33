import type { IntegrationConfig } from "@/core/models/models";

/** How a Jira Cloud site is connected. */
export const jiraConfig: IntegrationConfig = {
  integration: "Jira",
  icon: "/assets/jira.svg",
  integrationType: "BASIC_TOKEN",
  description: [
    "Reads the issues that you can see, with their comments. Nothing is written to Jira.",
    "",
    "Make an API token at [id.atlassian.com](https://id.atlassian.com/manage-profile/security/api-tokens) (Create API token,",
    "without scopes) and give it with the e-mail address of its account.",
  ].join("\n"),
  docs: "https://developer.atlassian.com/cloud/jira/platform/rest/v3/intro/",
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
      key: "projects",
      label: "Only these projects",
      placeholder: "DOCK, Harbour works",
      help: "Keys or names, separated by commas. Empty: all that you can see.",
    },
    { key: "comments", label: "Comments too", placeholder: "yes", help: "yes or no." },
  ],
  about: [
    "One artifact is one issue with its facts, description and comments. jiraIssue has a row for each:",
    "mdArtifacts.integrationArtifactId is 'jira:' followed by issueId; key is what people call it (DOCK-12), parentKey the key",
    "of its epic or parent, statusCategory is 'To Do', 'In Progress' or 'Done', labels is a JSON array, resolvedAt is null",
    "while it is open, dueDate is a day.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "What is open for longest, and whose is it?",
      sql: `SELECT "key", "title", "assignee", "createdAt", "url" FROM "jiraIssue" WHERE "resolvedAt" IS NULL ORDER BY "createdAt" LIMIT 50`,
    },
    {
      question: "How many issues has each project, by kind of status?",
      sql: `SELECT "project", "statusCategory", count(*) AS "issues" FROM "jiraIssue" GROUP BY "project", "statusCategory" ORDER BY "issues" DESC`,
    },
  ],
};
