import type { IntegrationConfig } from "@/core/models/models";

/** How repositories at GitHub are connected. */
export const githubConfig: IntegrationConfig = {
  integration: "GitHub",
  icon: "/assets/github.svg",
  integrationType: "API_KEY",
  description: [
    "Reads issues, pull requests with reviews, discussions, releases, wikis and documentation of repositories.",
    "",
    "1. At [github.com/settings/personal-access-tokens](https://github.com/settings/personal-access-tokens), make a",
    "   fine-grained token for the repositories that are to be found.",
    "2. Give it read access to **Contents**, **Discussions**, **Issues**, **Metadata** and **Pull requests**.",
    "   A classic token needs the scope `repo`.",
    "3. Paste it here. Nothing is ever written to GitHub.",
  ].join("\n"),
  docs: "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens",
  inputs: [
    {
      input: "apiKey",
      label: "Personal access token",
      placeholder: "github_pat_…",
      help: "Fine-grained, classic, or of an app's installation.",
      secret: true,
    },
    {
      input: "baseUrl",
      label: "GitHub address",
      placeholder: "https://github.example.com",
      help: "Only for GitHub Enterprise. Empty: github.com.",
    },
    {
      input: "accessKey",
      label: "OAuth client ID",
      secret: false,
      help: "Only for an app of your own, in place of the token.",
    },
    { input: "secretKey", label: "OAuth client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "repositories",
      label: "Repositories",
      placeholder: "octo-org, octo-org/handbook",
      help: "Owners or repositories, separated by commas. Empty: all that the token was given.",
    },
    {
      key: "since",
      label: "Changed since",
      placeholder: "2025-01-31",
      help: "Issues, pull requests, discussions and releases. Empty: all there are.",
    },
    {
      key: "include",
      label: "What to read",
      placeholder: "issues, pulls, discussions, releases, docs, wiki",
      help: "Empty: everything.",
    },
    {
      key: "forks",
      label: "Forks too",
      placeholder: "no",
      help: "yes or no. Forks that are named are read anyway.",
    },
  ],
  // A deleted or transferred issue leaves no trace in what an update asks for.
  fullSyncAt: "nightly at 03:30",
  about: [
    "One artifact is one issue, pull request (description, commits, conversation with reviews and comments on lines),",
    "discussion (with answers), release, markdown file, page of a wiki, or repository. mdArtifacts.integrationArtifactId",
    "is 'github:' and the repository's id, followed for all but repositories by ':issue:NUMBER' (pull requests too),",
    "':discussion:NUMBER', ':release:ID', ':file:PATH' or ':wiki:PATH'.",
    "githubRepository has one row a repository; githubThread one row an issue, pull request or discussion (kind), with",
    "state, people, branches and times; githubLabel, githubComment (also reviews), githubCommit and githubClosing (which",
    "issues a pull request closes) hang on it by account and threadId. githubRelease and githubFile have one row each a",
    "release and a file. repositoryId ties them to githubRepository. Times are ISO-8601 UTC text.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which pull requests wait for a review, and since when?",
      sql: `SELECT r."fullName", t."number", t."title", t."author", t."createdAt" FROM "githubThread" t JOIN "githubRepository" r ON r."account" = t."account" AND r."repositoryId" = t."repositoryId" WHERE t."kind" = 'pull' AND t."state" = 'open' AND NOT EXISTS (SELECT 1 FROM "githubComment" c WHERE c."account" = t."account" AND c."threadId" = t."threadId" AND c."kind" = 'review') ORDER BY t."createdAt" LIMIT 50`,
    },
    {
      question: "How many issues with each label are open, and how many were closed?",
      sql: `SELECT l."label", sum(CASE WHEN t."state" = 'open' THEN 1 ELSE 0 END) AS "open", sum(CASE WHEN t."state" = 'closed' THEN 1 ELSE 0 END) AS "closed" FROM "githubLabel" l JOIN "githubThread" t ON t."account" = l."account" AND t."threadId" = l."threadId" WHERE t."kind" = 'issue' GROUP BY l."label" ORDER BY "open" DESC LIMIT 50`,
    },
    {
      question: "Who reviewed most in each month?",
      sql: `SELECT substr("createdAt", 1, 7) AS "month", "author", count(*) AS "reviews" FROM "githubComment" WHERE "kind" = 'review' GROUP BY "month", "author" ORDER BY "month" DESC, "reviews" DESC LIMIT 50`,
    },
  ],
};
