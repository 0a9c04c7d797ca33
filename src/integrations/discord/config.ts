import type { IntegrationConfig } from "@/core/models/models";

const privacy = "Private channels are read only where the bot was let in.";

/** How a Discord bot is connected. */
export const discordConfig: IntegrationConfig = {
  integration: "Discord",
  icon: "/assets/discord.svg",
  integrationType: "API_KEY",
  description: [
    "Reads the channels, threads and forums of the Discord servers that your bot is in.",
    "",
    "1. Make an application at [discord.com/developers/applications](https://discord.com/developers/applications).",
    "2. On its page “Bot”: turn on **Message Content Intent** (and **Server Members Intent** for people's names), then “Reset Token” and copy the token.",
    "3. Connect it here. If the bot is in no server yet, you are shown the link that invites it with exactly the rights it needs.",
    "",
    privacy,
  ].join("\n"),
  about: [
    "One artifact is one thread or forum post, one conversation of a channel, or the overview of a server.",
    "discordMessage has a row for each message, also those that are not shown; artifact is the integrationArtifactId it is shown in.",
    "discordChannel holds channels and threads (parentId: category or channel), discordServer, discordRole and discordMember what they are called. Ids are text; join on account as well.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Where is most written, and until when?",
      sql: `SELECT c."name", c."kind", count(*) AS messages, max(m."createdAt") AS latest FROM "discordMessage" m JOIN "discordChannel" c ON c."id" = m."channelId" AND c."account" = m."account" GROUP BY c."account", c."id" ORDER BY messages DESC LIMIT 20`,
    },
    {
      question: "Which messages got most reactions?",
      sql: `SELECT "authorName", "content", "reactions", "createdAt", "artifact" FROM "discordMessage" WHERE "said" ORDER BY "reactions" DESC LIMIT 20`,
    },
    {
      question: "Whose questions were answered most?",
      sql: `SELECT q."authorName", count(*) AS answers FROM "discordMessage" a JOIN "discordMessage" q ON q."id" = a."replyTo" AND q."account" = a."account" GROUP BY q."authorId" ORDER BY answers DESC LIMIT 20`,
    },
  ],
  docs: "https://discord.com/developers/docs/quick-start/getting-started",
  inputs: [
    {
      input: "apiKey",
      label: "Bot token",
      help: "From the page “Bot” of the application. Not the client secret, and not a webhook's address.",
      secret: true,
      required: true,
    },
  ],
  optionInputs: [
    {
      key: "servers",
      label: "Only these servers",
      placeholder: "Acme, 81384788765712384",
      help: "Names or ids, separated by commas. Empty: all servers of the bot.",
    },
    {
      key: "channels",
      label: "Only these channels",
      placeholder: "general, Support",
      help: "Names or ids of channels or categories. Empty: all that the bot may read.",
    },
    { key: "exclude", label: "Leave out", placeholder: "random", help: "Channels or categories. They win." },
    {
      key: "since",
      label: "Since",
      placeholder: "2024-01-31",
      help: "Nothing older is read. Empty: everything.",
    },
    {
      key: "rereadDays",
      label: "Days to read again",
      placeholder: "7",
      help: "Discord tells nobody of edits and deletions, so each sync reads the last days again; older talk in turn.",
    },
    {
      key: "privateThreads",
      label: "Private archived threads too",
      placeholder: "no",
      help: "yes or no. The invite link then asks for the right “Manage Threads”, without which Discord lists none.",
    },
  ],
};
