import { boolean, index, integer, primaryKey, table, text } from "@/core/db/table";

/** Sites that are read. */
export const sharepointSite = table(
  "sharepointSite",
  {
    account: text().notNull(),
    siteId: text().notNull(),
    name: text().notNull(),
    url: text().notNull(),
    /** Under which link a person chose it; null where all are read. */
    chosenAs: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.siteId] })],
);

/** Document libraries that are read, and the account's own OneDrive. */
export const sharepointDrive = table(
  "sharepointDrive",
  {
    account: text().notNull(),
    driveId: text().notNull(),
    /** Null for the OneDrive. */
    siteId: text(),
    siteName: text(),
    name: text().notNull(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.driveId] })],
);

/** One row a file that is served; folders, notebooks and shortcuts have rows as well. */
export const sharepointItem = table(
  "sharepointItem",
  {
    account: text().notNull(),
    /** `driveId:itemId`, since ids of items count in their drive alone. */
    itemKey: text().notNull(),
    driveId: text().notNull(),
    itemId: text().notNull(),
    /** `file`, `folder`, `notebook` or `shortcut`. */
    kind: text().notNull(),
    name: text().notNull(),
    /** `itemId` of the folder that it lies in; one without a row is the top. */
    parentId: text(),
    mimeType: text(),
    /** Bytes. */
    size: integer(),
    createdBy: text(),
    createdAt: text(),
    editedBy: text(),
    editedAt: text(),
    description: text(),
    url: text(),
    /** Mark of the content: a hash where Microsoft gives one, else the item's tag. */
    contentMark: text(),
    /** What a shortcut leads to. */
    targetDriveId: text(),
    targetId: text(),
    targetIsFolder: boolean(),
    /** Full sync that met a folder or shortcut last. */
    listedRun: text(),
  },
  (t) => [
    primaryKey({ columns: [t.account, t.itemKey] }),
    index("sharepointItemParent").on(t.account, t.driveId, t.parentId),
  ],
);

/** One row a site page that is served. */
export const sharepointPage = table(
  "sharepointPage",
  {
    account: text().notNull(),
    pageKey: text().notNull(),
    siteId: text().notNull(),
    pageId: text().notNull(),
    title: text().notNull(),
    author: text(),
    editedBy: text(),
    createdAt: text(),
    editedAt: text(),
    /** `published`, `draft` or `checkout`. */
    level: text(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.pageKey] })],
);
