import type { IntegrationConfig } from "@/core/models/models";

/** How a Microsoft account is connected. */
export const sharepointConfig: IntegrationConfig = {
  integration: "SharePoint",
  icon: "/assets/sharepoint.svg",
  integrationType: "OAUTH",
  // Microsoft's lists of changes do not tell of permissions that somebody lost.
  fullSyncAt: "weekly on sunday at 06:10",
  description: [
    "Reads files of SharePoint's document libraries, site pages, your OneDrive, and what others share there. Nothing is",
    "written. For accounts of work or school.",
    "",
    "1. At [entra.microsoft.com](https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps), register an application",
    "   with the redirect address shown here, for the platform “Web”.",
    "2. Under API permissions, add the delegated ones of Microsoft Graph: `Files.Read.All`, `Sites.Read.All`, `User.Read`",
    "   and `offline_access`. Many directories want an administrator to agree.",
    "3. Under Certificates & secrets, make a client secret. Give its value here with the application's client ID and the",
    "   directory, and agree on Microsoft's page.",
  ].join("\n"),
  docs: "https://learn.microsoft.com/graph/onedrive-concept-overview",
  inputs: [
    {
      input: "accessKey",
      label: "Client ID",
      placeholder: "00000000-0000-0000-0000-000000000000",
      secret: false,
    },
    {
      input: "secretKey",
      label: "Client secret",
      secret: true,
      help: "Its value, which Microsoft shows once; not its id.",
    },
  ],
  optionInputs: [
    {
      key: "tenant",
      label: "Directory",
      placeholder: "contoso.com",
      required: true,
      help: "The directory's (tenant's) id, or one of its domains. “organizations” for an application of many directories.",
    },
    {
      key: "sites",
      label: "Only these sites",
      placeholder: "https://contoso.sharepoint.com/sites/Finance",
      help: "Links to sites, separated by commas. Empty: all sites that you can see.",
    },
    {
      key: "libraries",
      label: "Only these libraries",
      placeholder: "Documents, Policies",
      help: "Names of document libraries of these sites, separated by commas. Empty: all of them.",
    },
    {
      key: "oneDrive",
      label: "OneDrive",
      placeholder: "yes",
      help: "yes, or no to leave out your own files.",
    },
    { key: "pages", label: "Site pages", placeholder: "yes", help: "yes, or no to read files alone." },
    { key: "maxFileMb", label: "Largest file", placeholder: "20", help: "In MB; larger files are left out." },
  ],
  about: [
    "One artifact is one file (PDF, Office, text) or one site page, with where it lies and who wrote it.",
    "mdArtifacts.integrationArtifactId is 'sharepoint:' followed by sharepointItem.itemKey, or 'sharepoint:page:' followed",
    "by sharepointPage.pageKey. sharepointItem also has folders, notebooks and shortcuts, told by kind; parentId is the",
    "itemId of the folder that it lies in. sharepointDrive names each library and its site (siteId null: the OneDrive),",
    "sharepointSite the sites. All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "What was edited last, and by whom?",
      sql: `SELECT "name", "editedBy", "editedAt", "url" FROM "sharepointItem" WHERE "kind" = 'file' ORDER BY "editedAt" DESC LIMIT 20`,
    },
    {
      question: "How many files has each library, and how large are they?",
      sql: `SELECT d."siteName", d."name", count(*) AS "files", sum(i."size") AS "bytes" FROM "sharepointItem" i JOIN "sharepointDrive" d ON d."account" = i."account" AND d."driveId" = i."driveId" WHERE i."kind" = 'file' GROUP BY d."driveId", d."siteName", d."name" ORDER BY "files" DESC LIMIT 50`,
    },
    {
      question: "Which site pages have not been edited for a year?",
      sql: `SELECT s."name" AS "site", p."title", p."editedBy", p."editedAt" FROM "sharepointPage" p JOIN "sharepointSite" s ON s."account" = p."account" AND s."siteId" = p."siteId" WHERE p."editedAt" < strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 year') ORDER BY p."editedAt" LIMIT 50`,
    },
  ],
};
