import { canRead } from "@/core/services/readers/read-document";
import type { ItemNotice } from "@/core/services/sync/stream";
import { shownName, shownSize } from "@/lib/file-names";
import { type DriveFile, DOCUMENT, PRESENTATION, SPREADSHEET } from "../models/models";

const OFFICE = "application/vnd.openxmlformats-officedocument.";

/** How a file's content is had: exported from a format of Google's own, or downloaded as it is. */
export type Way = { kind: "export"; mimeType: string; path: string } | { kind: "download"; path: string };

const exports = new Map([
  [DOCUMENT, { mimeType: "text/markdown", ending: "md" }],
  [SPREADSHEET, { mimeType: `${OFFICE}spreadsheetml.sheet`, ending: "xlsx" }],
  [PRESENTATION, { mimeType: `${OFFICE}presentationml.presentation`, ending: "pptx" }],
]);

/** For files whose name does not say what they are. */
const endings = new Map([
  ["application/pdf", "pdf"],
  [`${OFFICE}wordprocessingml.document`, "docx"],
  [`${OFFICE}spreadsheetml.sheet`, "xlsx"],
  [`${OFFICE}presentationml.presentation`, "pptx"],
  ["application/vnd.oasis.opendocument.presentation", "odp"],
  ["application/vnd.oasis.opendocument.spreadsheet", "ods"],
  ["application/vnd.oasis.opendocument.text", "odt"],
  ["application/epub+zip", "epub"],
  ["application/msword", "doc"],
  ["application/rtf", "rtf"],
  ["application/vnd.ms-excel", "xls"],
  ["application/vnd.ms-outlook", "msg"],
  ["application/vnd.ms-powerpoint", "ppt"],
  ["application/json", "json"],
  ["message/rfc822", "eml"],
  ["text/csv", "csv"],
  ["text/html", "html"],
  ["text/markdown", "md"],
  ["text/plain", "txt"],
  ["text/tab-separated-values", "tsv"],
  ["text/vtt", "vtt"],
]);

/** Undefined: it holds no text that is read here. */
export function wayOf({ name, mimeType }: DriveFile): Way | undefined {
  const exported = exports.get(mimeType);
  if (exported !== undefined)
    return { kind: "export", mimeType: exported.mimeType, path: `${name}.${exported.ending}` };
  const known = canRead(name);
  if (known === "text" || known === "document") return { kind: "download", path: name };
  const ending = endings.get(mimeType);
  return ending === undefined ? undefined : { kind: "download", path: `${name}.${ending}` };
}

/** Why a file is left out, if it is. */
export function whyLeftOut(file: DriveFile, maxFileMb: number): ItemNotice | undefined {
  const skipped = (reason: string) => ({ key: file.id, reason: `'${shownName(file.name)}' ${reason}.` });
  if (wayOf(file) === undefined) return skipped("is neither text nor a document");
  if (file.capabilities?.canDownload === false) return skipped("may not be downloaded, says its owner");
  const size = Number(file.size ?? 0);
  if (size > maxFileMb * 1024 * 1024)
    return skipped(`has ${shownSize(size)}, more than the ${maxFileMb} MB that are read`);
  return undefined;
}
