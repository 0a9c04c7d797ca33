import type { IntegrationConfig } from "@/core/models/models";

/** How a Slack workspace is connected. */
export const slackConfig: IntegrationConfig = {
  integration: "Slack",
  icon: "/assets/slack.svg",
  integrationType: "API_KEY",
  description: [
    "Reads channels with their threads, files and people. Direct messages are left alone unless you choose them.",
    "",
    "1. At [api.slack.com/apps](https://api.slack.com/apps), make an app of your own from a manifest (it stands in",
    "   `docs/integrations/slack.md`) and install it. An app of your own has no slow limits.",
    "2. Copy the **Bot User OAuth Token** from “OAuth & Permissions” into “Bot token”.",
    "3. In Slack, write `/invite @` and the app's name in each channel that is to be found.",
    "",
    "A person's token (xoxp-) reads all public channels, and the private ones of that person.",
  ].join("\n"),
  // Edits, and answers below messages older than the days that are read again, are met by a full sync alone.
  fullSyncAt: "weekly on sunday at 04:30",
  docs: "https://docs.slack.dev/authentication/tokens",
  inputs: [
    {
      input: "apiKey",
      label: "Bot token",
      placeholder: "xoxb-…",
      help: "Begins with xoxb- (of an app) or xoxp- (of a person).",
      secret: true,
    },
    {
      input: "accessKey",
      label: "OAuth client ID",
      secret: false,
      help: "Only to connect by consent, in place of the token.",
    },
    { input: "secretKey", label: "OAuth client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "channels",
      label: "Only these channels",
      placeholder: "general, C024BE91L",
      help: "Names or ids, separated by commas. Empty: all that the app was invited to.",
    },
    { key: "exclude", label: "Leave out", placeholder: "random", help: "Channels by name or id. They win." },
    {
      key: "directMessages",
      label: "Direct messages too",
      placeholder: "no",
      help: "yes or no. With a person's token: all of theirs, those of groups included, for whoever searches here. Takes the scopes im:read, im:history, mpim:read and mpim:history.",
    },
    {
      key: "files",
      label: "What files hold",
      placeholder: "yes",
      help: "yes or no: text of snippets, canvases and documents of up to 5 MB.",
    },
    {
      key: "since",
      label: "Since",
      placeholder: "2025-01-31",
      help: "Nothing older is read. Empty: everything.",
    },
    {
      key: "rereadDays",
      label: "Days to read again",
      placeholder: "30",
      help: "Slack lists no edits, deletions or answers to old messages, so each sync reads the last days again.",
    },
  ],
  about: [
    "One artifact is one conversation of a channel ('slack:conv:'), one thread ('slack:thread:'), or the overview of the",
    "workspace. slackMessage has a row for each message, answers in threads included: threadTs is the ts that the thread",
    "began with, artifact and threadArtifact the integrationArtifactId it is shown in, said is false for notices.",
    "slackChannel holds channels (access says whether they are read), slackUser people; authorId is slackUser.id. Join on",
    "account as well. ts is text: seconds since 1970.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Where is most written, and until when?",
      sql: `SELECT c."name", count(*) AS messages, max(m."createdAt") AS latest FROM "slackMessage" m JOIN "slackChannel" c ON c."account" = m."account" AND c."id" = m."channelId" WHERE m."said" GROUP BY c."account", c."id" ORDER BY messages DESC LIMIT 20`,
    },
    {
      question: "Which threads have most answers?",
      sql: `SELECT c."name", m."authorName", m."text", m."replies", m."threadArtifact" FROM "slackMessage" m JOIN "slackChannel" c ON c."account" = m."account" AND c."id" = m."channelId" WHERE m."replies" > 0 ORDER BY m."replies" DESC LIMIT 20`,
    },
    {
      question: "Which channels exist that the app was not invited to?",
      sql: `SELECT "name", "purpose", "members" FROM "slackChannel" WHERE "access" = 'not joined' ORDER BY "members" DESC LIMIT 50`,
    },
  ],
};
