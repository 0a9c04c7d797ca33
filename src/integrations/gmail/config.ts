import type { IntegrationConfig } from "@/core/models/models";

/** How a Gmail account is connected. */
export const gmailConfig: IntegrationConfig = {
  integration: "Gmail",
  icon: "/assets/gmail.svg",
  integrationType: "OAUTH",
  // Gmail's list of changes is not said to tell of a label that was deleted, and its search may lag behind.
  fullSyncAt: "weekly on sunday at 04:30",
  description: [
    "Reads the mail of a Gmail account, thread by thread. Spam, the bin and drafts are never read; nothing is written,",
    "sent or marked as read.",
    "",
    "1. At [console.cloud.google.com](https://console.cloud.google.com/apis/library/gmail.googleapis.com), turn on the",
    "   Gmail API for a project of yours.",
    "2. Under APIs & Services → Credentials, make an OAuth client ID for a web application that allows the redirect",
    "   address shown here. While the consent screen is in testing, Google ends the permission after seven days.",
    "3. Give its client ID and secret here, and agree on Google's page. The client of a Google Drive source will do.",
  ].join("\n"),
  docs: "https://developers.google.com/workspace/gmail/api/guides",
  inputs: [
    { input: "accessKey", label: "Client ID", placeholder: "….apps.googleusercontent.com", secret: false },
    { input: "secretKey", label: "Client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "labels",
      label: "Only these labels",
      placeholder: "Clients, Inbox",
      help: "Names, separated by commas. A thread is read when one of its messages has one of them. Empty: all mail.",
    },
    {
      key: "leaveOut",
      label: "Leave out these labels",
      placeholder: "Private",
      help: "A thread is left out when one of its messages has one of them.",
    },
    {
      key: "since",
      label: "Only since",
      placeholder: "2025-01-01",
      help: "A thread whose last message is older than this day is left out.",
    },
    {
      key: "promotions",
      label: "Promotions and social too",
      placeholder: "no",
      help: "yes or no (as it is). What somebody answered is read in any case.",
    },
  ],
  about: [
    "One artifact is one thread of e-mail, with everybody who takes part and what is new in each message; quoted mails are",
    "left out. mdArtifacts.integrationArtifactId is 'gmail:' followed by gmailThread.threadId. gmailMessage has a row for",
    "each message of these threads: at is when Gmail took it, sent tells the account's own, to, cc and attachments are JSON",
    "arrays of addresses and of file names, labels is a JSON array of gmailLabel.labelId. gmailThread.lastSent tells",
    "whether the account had the last word. Spam, the bin, drafts and what the settings leave out have no rows. All share",
    "account, which is the e-mail address unless somebody called it otherwise.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which threads wait for an answer of ours?",
      sql: `SELECT "lastAt", "lastFrom", "subject", "messages", "url" FROM "gmailThread" WHERE NOT "lastSent" AND "messages" > 1 ORDER BY "lastAt" DESC LIMIT 50`,
    },
    {
      question: "Who writes most to us?",
      sql: `SELECT "fromAddress", max("fromName") AS "name", count(*) AS "messages", max("at") AS "last" FROM "gmailMessage" WHERE NOT "sent" GROUP BY "fromAddress" ORDER BY "messages" DESC LIMIT 30`,
    },
    {
      question: "How many threads has each label?",
      sql: `SELECT l."name", count(DISTINCT m."threadId") AS "threads" FROM "gmailMessage" m, json_each(m."labels") j JOIN "gmailLabel" l ON l."account" = m."account" AND l."labelId" = j."value" GROUP BY l."name" ORDER BY "threads" DESC`,
    },
    {
      question: "Which files were sent, by whom, and when?",
      sql: `SELECT m."at", m."fromAddress", j."value" AS "file", t."subject", t."url" FROM "gmailMessage" m JOIN "gmailThread" t ON t."account" = m."account" AND t."threadId" = m."threadId", json_each(m."attachments") j ORDER BY m."at" DESC LIMIT 50`,
    },
  ],
};
