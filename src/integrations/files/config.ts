import type { IntegrationConfig } from "@/core/models/models";

/** How a folder is connected. */
export const filesConfig: IntegrationConfig = {
  integration: "Files",
  icon: "/assets/files.svg",
  integrationType: "API_KEY",
  description: [
    "Reads a folder of the machine that Stoneturner runs on: notes, documents, mail, transcripts, code.",
    "Nothing outside the folder is read, also not through links.",
    "",
    "Hidden files, whatever `.gitignore` names, `node_modules` and private keys are left out.",
  ].join("\n"),
  about: [
    "One artifact is one file of a connected folder; its id ends with the path relative to that folder.",
    "filesFile has a row for each: path, folder, extension, size in bytes, times, what it was read as, title, author.",
  ].join("\n"),
  exampleQueries: [
    {
      question: "Which kinds of files are there, and how large are they together?",
      sql: `SELECT "format", count(*) AS files, sum("size") AS bytes FROM "filesFile" GROUP BY "format" ORDER BY files DESC`,
    },
    {
      question: "What changed last?",
      sql: `SELECT "key", "title", "mtime" FROM "filesFile" ORDER BY "mtime" DESC LIMIT 20`,
    },
  ],
  optionInputs: [
    {
      key: "path",
      label: "Folder",
      placeholder: "/home/ann/notes or ~/notes",
      help: "A folder on this machine.",
      required: true,
    },
    {
      key: "include",
      label: "Only these",
      placeholder: "*.md, docs/**",
      help: "Patterns, separated by commas or lines. Empty: everything that can be read.",
    },
    {
      key: "exclude",
      label: "Leave out",
      placeholder: "drafts, *.log",
      help: "Patterns, separated by commas or lines. They win over “Only these”.",
    },
    { key: "followHidden", label: "Hidden files too", placeholder: "no", help: "yes or no" },
    { key: "followIgnored", label: "Git-ignored files too", placeholder: "no", help: "yes or no" },
    {
      key: "maxFileMb",
      label: "Largest file, in MB",
      placeholder: "20",
      help: "Larger documents are left out; of a larger text the beginning is read.",
    },
    {
      key: "watch",
      label: "Sync when something changes",
      placeholder: "no",
      help: "yes or no",
    },
  ],
};
