import type { IntegrationConfig } from "@/core/models/models";

/** How a Linear workspace is connected. */
export const linearConfig: IntegrationConfig = {
  integration: "Linear",
  icon: "/assets/linear.svg",
  integrationType: "API_KEY",
  // What was erased, or removed from an issue, shows in a full listing alone.
  fullSyncAt: "weekly on sunday at 05:00",
  description: [
    "Reads the issues, projects, documents and initiatives that you can see, archived ones included. Nothing is written.",
    "",
    "1. In Linear: Settings → Security & access → Personal API keys → New API key, with permission to read.",
    "2. Paste the key here. An OAuth application takes its client ID and secret in place of it.",
  ].join("\n"),
  docs: "https://linear.app/developers/graphql",
  inputs: [
    { input: "apiKey", label: "Personal API key", placeholder: "lin_api_…", secret: true },
    {
      input: "accessKey",
      label: "OAuth client ID",
      secret: false,
      help: "Only for an OAuth application, in place of the key.",
    },
    { input: "secretKey", label: "OAuth client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "teams",
      label: "Only these teams",
      placeholder: "ENG, Design",
      help: "Keys or names, separated by commas. Empty: all teams that you can see.",
    },
    {
      key: "since",
      label: "Only changed since",
      placeholder: "2025-01-01",
      help: "What was last changed before this day is left out.",
    },
  ],
  about: [
    "One artifact is one issue (facts, description, sub-issues, relations, links, comments), one project (with its",
    "updates, milestones, comments), one document or one initiative (with its updates). mdArtifacts.integrationArtifactId",
    "is 'linear:issue:', 'linear:project:', 'linear:document:' or 'linear:initiative:' followed by the id, which is",
    "issueId, projectId, documentId or initiativeId in linearIssue, linearProject, linearDocument and linearInitiative.",
    "linearIssue.team is the team's key, labels a JSON array of names, parent the identifier of the issue above, project",
    "the project's name as in linearProject.name. All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "What is each person working on?",
      sql: `SELECT "assignee", "identifier", "title", "state", "dueDate" FROM "linearIssue" WHERE "stateType" = 'started' ORDER BY "assignee", "updatedAt" DESC LIMIT 100`,
    },
    {
      question: "How many issues of each state has each team?",
      sql: `SELECT "team", "stateType", count(*) AS "issues" FROM "linearIssue" WHERE NOT "archived" GROUP BY "team", "stateType" ORDER BY "team", "issues" DESC`,
    },
    {
      question: "Which projects are at risk, and when are they due?",
      sql: `SELECT "name", "lead", "health", "targetDate", round("progress" * 100) AS "percent" FROM "linearProject" WHERE "health" IN ('atRisk', 'offTrack') ORDER BY "targetDate"`,
    },
    {
      question: "How long did issues take that were completed lately?",
      sql: `SELECT "identifier", "title", round(julianday("completedAt") - julianday("startedAt"), 1) AS "days" FROM "linearIssue" WHERE "completedAt" IS NOT NULL ORDER BY "completedAt" DESC LIMIT 50`,
    },
  ],
};
