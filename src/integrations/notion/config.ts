import type { IntegrationConfig } from "@/core/models/models";

/** How a Notion workspace is connected. */
export const notionConfig: IntegrationConfig = {
  integration: "Notion",
  icon: "/assets/notion.svg",
  integrationType: "API_KEY",
  description: [
    "Reads pages, databases with their rows, and comments that are shared with a connection of your own.",
    "",
    "1. At [notion.so/profile/integrations](https://www.notion.so/profile/integrations), make an internal integration",
    "   that may read content, comments and user information.",
    "2. In Notion, open each page at the top of what is to be found → `•••` → Connections → add the integration.",
    "3. Paste the integration's secret here.",
  ].join("\n"),
  docs: "https://developers.notion.com/docs/create-a-notion-integration",
  inputs: [
    {
      input: "apiKey",
      label: "Internal integration secret",
      placeholder: "ntn_…",
      help: "Begins with ntn_ (older ones with secret_).",
      secret: true,
      required: true,
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
