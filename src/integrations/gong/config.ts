import type { IntegrationConfig } from "@/core/models/models";

/** How a Gong account is connected. */
export const gongConfig: IntegrationConfig = {
  integration: "Gong",
  icon: "/assets/gong.svg",
  integrationType: "BASIC_TOKEN",
  // Deleted and edited calls that are older than two weeks are met by a full listing alone.
  fullSyncAt: "nightly at 03:30",
  description: [
    "Reads recorded calls: who took part, what Gong wrote about them, and what was said.",
    "",
    "A technical administrator of Gong makes the key: Admin center → Settings → Ecosystem → API. It needs the scopes",
    "`api:calls:read:basic`, `api:calls:read:extensive`, `api:calls:read:transcript`, `api:users:read` and",
    "`api:workspaces:read`. Nothing is ever written to Gong.",
  ].join("\n"),
  docs: "https://help.gong.io/docs/what-the-gong-api-provides",
  inputs: [
    {
      input: "baseUrl",
      label: "API base URL",
      placeholder: "https://us-12345.api.gong.io",
      help: "Shown where the key is made; each company has its own.",
      required: true,
    },
    { input: "accessKey", label: "Access key", secret: true, required: true },
    { input: "secretKey", label: "Access key secret", secret: true, required: true },
  ],
  optionInputs: [
    {
      key: "workspaces",
      label: "Workspaces",
      placeholder: "Sales EMEA, Customer Success",
      help: "Names or ids, separated by commas. Empty: all.",
    },
    { key: "since", label: "Calls since", placeholder: "2025-01-31", help: "Empty: all calls there are." },
    {
      key: "private",
      label: "Private calls too",
      placeholder: "no",
      help: "yes or no. Whoever searches here sees them then.",
    },
  ],
  about: [
    "One artifact is one call: facts, participants, Gong's own brief, key points, action items and outline, then the",
    "transcript as turns `[00:12:05] **Name** (internal or company): words` under topic headings.",
    "gongCall has one row a call, gongParty one row a participant of a call, gongTopic one row a topic or tracker that came up in a",
    "call; they share account and callId. gongUser holds the company's own people (gongCall.hostUserId and",
    "gongParty.userId point there), gongWorkspace the workspaces. mdArtifacts.integrationArtifactId is",
    "'gong:call:' followed by callId. Times are ISO-8601 UTC text, durations seconds.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which calls with a company were there lately, and who hosted them?",
      sql: `SELECT DISTINCT c."started", c."title", u."name" AS host FROM "gongCall" c JOIN "gongParty" p ON p."account" = c."account" AND p."callId" = c."callId" LEFT JOIN "gongUser" u ON u."account" = c."account" AND u."userId" = c."hostUserId" WHERE p."email" LIKE '%@%' AND p."affiliation" = 'External' ORDER BY c."started" DESC LIMIT 20`,
    },
    {
      question: "In how many calls a month did each topic come up?",
      sql: `SELECT substr(c."started", 1, 7) AS month, t."name", count(*) AS calls FROM "gongTopic" t JOIN "gongCall" c ON c."account" = t."account" AND c."callId" = t."callId" GROUP BY month, t."name" ORDER BY month DESC, calls DESC LIMIT 50`,
    },
    {
      question: "How much of the talking do our own people do?",
      sql: `SELECT p."affiliation", sum(p."wordsSpoken") AS words, count(DISTINCT p."callId") AS calls FROM "gongParty" p GROUP BY p."affiliation"`,
    },
  ],
};
