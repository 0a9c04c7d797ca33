import type { IntegrationConfig } from "@/core/models/models";

/** How a Google Drive is connected. */
export const googleDriveConfig: IntegrationConfig = {
  integration: "Google Drive",
  icon: "/assets/google-drive.svg",
  integrationType: "OAUTH",
  // Google's list of changes is not said to be complete for what others share.
  fullSyncAt: "weekly on sunday at 05:30",
  description: [
    "Reads Docs, Sheets, Slides, PDFs, Office files and text of My Drive, of what others share with you, and of shared",
    "drives. Nothing is written.",
    "",
    "1. At [console.cloud.google.com](https://console.cloud.google.com/apis/library/drive.googleapis.com), turn on the",
    "   Google Drive API for a project of yours.",
    "2. Under APIs & Services → Credentials, make an OAuth client ID for a web application that allows the redirect",
    "   address shown here. While the consent screen is in testing, Google ends the permission after seven days.",
    "3. Give its client ID and secret here, and agree on Google's page.",
  ].join("\n"),
  docs: "https://developers.google.com/workspace/drive/api/guides/about-sdk",
  inputs: [
    { input: "accessKey", label: "Client ID", placeholder: "….apps.googleusercontent.com", secret: false },
    { input: "secretKey", label: "Client secret", secret: true },
  ],
  optionInputs: [
    {
      key: "folders",
      label: "Only these folders",
      placeholder: "https://drive.google.com/drive/folders/1AbC…",
      help: "Links to folders, separated by commas; everything below them is read. Empty: all that you can see.",
    },
    {
      key: "maxFileMb",
      label: "Largest file",
      placeholder: "20",
      help: "In MB; larger files are left out. Google exports at most 10 MB of its own documents.",
    },
  ],
  about: [
    "One artifact is one file: a Doc, Sheet (all its tables), Slides (one section a slide), PDF, Office or text file, with",
    "where it lies and who owns it. mdArtifacts.integrationArtifactId is 'drive:' followed by driveFile.fileId.",
    "driveFile has a row for each of these, and for folders and shortcuts: parentId is the fileId of the folder that it",
    "lies in, mimeType tells folders ('application/vnd.google-apps.folder') and Google's own kinds, targetId is what a",
    "shortcut leads to, driveId the shared drive, named in driveShared. All share account.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "What was edited last, and by whom?",
      sql: `SELECT "name", "lastEditor", "modifiedAt", "url" FROM "driveFile" WHERE "mimeType" <> 'application/vnd.google-apps.folder' ORDER BY "modifiedAt" DESC LIMIT 20`,
    },
    {
      question: "How many files has each owner, and of which kinds?",
      sql: `SELECT "owner", "mimeType", count(*) AS "files" FROM "driveFile" GROUP BY "owner", "mimeType" ORDER BY "files" DESC LIMIT 50`,
    },
    {
      question: "What lies in which folder?",
      sql: `SELECT f."name" AS "folder", d."name", d."modifiedAt" FROM "driveFile" d JOIN "driveFile" f ON f."account" = d."account" AND f."fileId" = d."parentId" ORDER BY f."name", d."name" LIMIT 200`,
    },
  ],
};
