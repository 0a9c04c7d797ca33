import type { IntegrationConfig } from "@/core/models/models";

/** How Firecrawl is connected. */
export const firecrawlConfig: IntegrationConfig = {
  integration: "Firecrawl",
  icon: "/assets/firecrawl.svg",
  integrationType: "API_KEY",
  description: [
    "Reads web sites as documents, crawled by [Firecrawl](https://www.firecrawl.dev): hosted, or a server of your own.",
    "",
    "Each page that Firecrawl reads costs credits, as a rule one. Syncs that run by themselves pay for a new crawl at most",
    "once a day, or as often as you say under More settings; a sync that you start yourself always does.",
    "",
    "The API key is made at [firecrawl.dev/app/api-keys](https://www.firecrawl.dev/app/api-keys).",
  ].join("\n"),
  docs: "https://docs.firecrawl.dev/api-reference/introduction",
  inputs: [
    {
      input: "apiKey",
      label: "API key",
      placeholder: "fc-…",
      help: "For a server of your own that asks for none, any word will do.",
      secret: true,
      required: true,
    },
    {
      input: "baseUrl",
      label: "Your own server",
      placeholder: "https://firecrawl.acme.com",
      help: "Empty: Firecrawl's own.",
    },
  ],
  optionInputs: [
    {
      key: "startUrls",
      label: "Start at",
      placeholder: "https://docs.acme.com, https://acme.com/blog",
      help: "Addresses, with commas between. What lies below each is read, and nothing beside it.",
      required: true,
    },
    {
      key: "includePaths",
      label: "Only paths like",
      placeholder: "^/guide/.*",
      help: "Regular expressions, separated by commas, that the path of an address must fit. Empty: all.",
    },
    {
      key: "excludePaths",
      label: "No paths like",
      placeholder: "^/tags/.*, \\.pdf$",
      help: "Regular expressions, separated by commas: what fits one is left out, and costs nothing.",
    },
    {
      key: "pageLimit",
      label: "Pages at most",
      placeholder: "200",
      help: "For each start address and crawl; it bounds what a crawl costs.",
    },
    {
      key: "recrawl",
      label: "Crawl again",
      placeholder: "daily",
      help: "each sync, daily, weekly or monthly: how often syncs that run by themselves pay for a new crawl.",
    },
    {
      key: "mainContentOnly",
      label: "Main content only",
      placeholder: "yes",
      help: "yes or no. Yes leaves out menus, footers and what else repeats on all pages.",
    },
  ],
  about: [
    "One artifact is one page of a web site, as markdown. firecrawlPage has a row for each: mdArtifacts.integrationArtifactId",
    "is 'web:' followed by pageId; site is the host, language and the two dates are what the page itself says of them, often",
    "nothing. firecrawlSite has a row a start address: how many pages its last crawl brought, whether that was all (note",
    "says why not), and in crawlRun, as JSON, when it began (startedAt) and its credits.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "How many pages has each site, and how long are they?",
      sql: `SELECT "site", count(*) AS "pages", sum("words") AS "words" FROM "firecrawlPage" GROUP BY "site" ORDER BY "pages" DESC`,
    },
    {
      question: "Which sites could not be read as a whole, and why?",
      sql: `SELECT "startUrl", "pages", "note" FROM "firecrawlSite" WHERE NOT "complete"`,
    },
    {
      question: "When was each site crawled last, and what did it cost?",
      sql: `SELECT "startUrl", json_extract("crawlRun", '$.startedAt') AS "crawled", json_extract("crawlRun", '$.credits') AS "credits" FROM "firecrawlSite"`,
    },
    {
      question: "Which pages did their authors change last?",
      sql: `SELECT "title", "modifiedAt", "url" FROM "firecrawlPage" WHERE "modifiedAt" IS NOT NULL ORDER BY "modifiedAt" DESC LIMIT 20`,
    },
  ],
};
