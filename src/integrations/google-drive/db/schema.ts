import { boolean, integer, json, primaryKey, table, text } from "@/core/db/table";

/** One row a file that is served; folders and shortcuts have rows as well. */
export const driveFile = table(
  "driveFile",
  {
    account: text().notNull(),
    fileId: text().notNull(),
    name: text().notNull(),
    mimeType: text().notNull(),
    /** Folder that it lies in; null at the top, or where the folder is out of sight. */
    parentId: text(),
    /** Null in My Drive and among what others share. */
    driveId: text(),
    /** Name of the first owner, or of whoever edited last in a shared drive. */
    owner: text(),
    lastEditor: text(),
    createdAt: text(),
    modifiedAt: text(),
    /** Bytes; null for Google's own kinds. */
    size: integer(),
    shared: boolean(),
    starred: boolean(),
    /** What a shortcut leads to. */
    targetId: text(),
    description: text(),
    /** Key and value as applications and people set them. */
    properties: json().$type<Record<string, string>>(),
    url: text(),
  },
  (t) => [primaryKey({ columns: [t.account, t.fileId] })],
);

/** Shared drives that the account can see. */
export const driveShared = table(
  "driveShared",
  { account: text().notNull(), driveId: text().notNull(), name: text().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.driveId] })],
);
