/** What Drive's API v3 answers, as far as it is asked for: ids and kinds are needed, everything else may change. */
import { z } from "zod";
import { looseList, looseValue } from "@/lib/loose-schema";

const text = looseValue(z.string());
const flag = looseValue(z.boolean());
const person = looseValue(z.looseObject({ displayName: text, emailAddress: text }));

export const fileSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string().catch(""),
  mimeType: z.string(),
  parents: looseList(z.string()),
  driveId: text,
  trashed: flag,
  ownedByMe: flag,
  createdTime: text,
  modifiedTime: text,
  md5Checksum: text,
  /** Bytes, as text; missing for Google's own kinds. */
  size: text,
  webViewLink: text,
  description: text,
  owners: looseList(z.looseObject({ displayName: text, emailAddress: text })),
  lastModifyingUser: person,
  shared: flag,
  starred: flag,
  shortcutDetails: looseValue(z.looseObject({ targetId: text, targetMimeType: text })),
  properties: looseValue(z.record(z.string(), z.string())),
  capabilities: looseValue(z.looseObject({ canDownload: flag })),
});
export type DriveFile = z.infer<typeof fileSchema>;

/** What is asked for of a file. */
export const FILE_FIELDS =
  "id,name,mimeType,parents,driveId,trashed,ownedByMe,createdTime,modifiedTime,md5Checksum,size,webViewLink," +
  "description,owners(displayName,emailAddress),lastModifyingUser(displayName,emailAddress),shared,starred," +
  "shortcutDetails(targetId,targetMimeType),properties,capabilities(canDownload)";

export const filesSchema = z.looseObject({
  nextPageToken: text,
  incompleteSearch: flag,
  files: z.array(z.unknown()),
});
export const changeSchema = z.looseObject({
  changeType: text,
  removed: flag,
  fileId: text,
  driveId: text,
  file: looseValue(fileSchema),
  drive: looseValue(z.looseObject({ id: z.string(), name: z.string().catch("") })),
});
export const changesSchema = z.looseObject({
  nextPageToken: text,
  newStartPageToken: text,
  changes: z.array(z.unknown()),
});
export const drivesSchema = z.looseObject({
  nextPageToken: text,
  drives: looseList(z.looseObject({ id: z.string(), name: z.string().catch("") })),
});
export const startSchema = z.looseObject({ startPageToken: z.string() });
export const aboutSchema = z.looseObject({
  user: z.looseObject({ emailAddress: text, displayName: text, permissionId: text }),
});

const GOOGLE = "application/vnd.google-apps.";
export const FOLDER = `${GOOGLE}folder`;
export const SHORTCUT = `${GOOGLE}shortcut`;
export const DOCUMENT = `${GOOGLE}document`;
export const SPREADSHEET = `${GOOGLE}spreadsheet`;
export const PRESENTATION = `${GOOGLE}presentation`;
