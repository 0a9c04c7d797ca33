import type { IntegrationConfig } from "@/core/models/models";

/** How a Plaud account is connected. */
export const plaudConfig: IntegrationConfig = {
  integration: "Plaud",
  icon: "/assets/plaud.svg",
  integrationType: "OAUTH",
  // Neither edits nor late transcripts of older recordings are told.
  fullSyncAt: "weekly on sunday at 04:30",
  description: [
    "Reads recordings, experimentally: who said what and when, outlines and notes. Plaud documents little of what this rests",
    "on. Audio is not read, and nothing is written to Plaud.",
    "",
    "It takes an application that Plaud has registered for you, with the redirect address shown here: give its client ID and",
    "secret, and agree on Plaud's page.",
  ].join("\n"),
  docs: "https://docs.plaud.ai",
  inputs: [
    { input: "accessKey", label: "Client ID", placeholder: "client_…", secret: false },
    { input: "secretKey", label: "Client secret", secret: true },
  ],
  about: [
    "One artifact is one recording that was transcribed or has notes: facts, notes, outline, transcript.",
    "plaudRecording has a row for each recording, also for those without either (hasText is false, and there is no artifact):",
    "mdArtifacts.integrationArtifactId is 'plaud:' followed by recordingId; speakers is a JSON array of names, seconds the length.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which recordings are the longest?",
      sql: `SELECT "title", "startedAt", "seconds" / 60 AS "minutes" FROM "plaudRecording" ORDER BY "seconds" DESC LIMIT 20`,
    },
    {
      question: "Who speaks in how many recordings?",
      sql: `SELECT s.value AS "speaker", count(*) AS "recordings" FROM "plaudRecording" r, json_each(r."speakers") s GROUP BY s.value ORDER BY "recordings" DESC LIMIT 50`,
    },
    {
      question: "What was recorded and never transcribed?",
      sql: `SELECT "title", "startedAt" FROM "plaudRecording" WHERE NOT "hasText" ORDER BY "startedAt" DESC LIMIT 50`,
    },
  ],
};
