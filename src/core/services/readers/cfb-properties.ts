import { toIso } from "@/lib/time";
import type { CompoundFolder } from "./cfb";
import { viewOf } from "./data-view";
import type { ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const FILETIME = 64;
const [TITLE, AUTHOR, LAST_AUTHOR, CREATED, SAVED, CODE_PAGE] = [2, 4, 8, 12, 13, 1];
/** From the year 1601, in tenths of microseconds, to the epoch of JavaScript. */
const EPOCH_MS = 11_644_473_600_000;

/** Title, author and date from the properties that Office keeps beside a document (MS-OLEPS). */
export function compoundFacts(file: CompoundFolder): Pick<ReaderResult, "title" | "author" | "artifactDate"> {
  const bytes = file.streams.get("\u0005summaryinformation");
  const properties = bytes === undefined ? new Map<number, string>() : readProperties(bytes);
  const author = cleanTitle(properties.get(AUTHOR) || properties.get(LAST_AUTHOR) || "");
  const date = properties.get(SAVED) ?? properties.get(CREATED);
  return {
    title: cleanTitle(properties.get(TITLE) ?? "") || undefined,
    ...(author === "" ? {} : { author }),
    ...(date === undefined ? {} : { artifactDate: date }),
  };
}

function readProperties(bytes: Uint8Array): Map<number, string> {
  const found = new Map<number, string>();
  const view = viewOf(bytes);
  if (bytes.length < 48) return found;
  const set = view.getUint32(44, true);
  const count = set + 8 > bytes.length ? 0 : Math.min(100, view.getUint32(set + 4, true));
  let decoder = new TextDecoder("windows-1252");
  for (let index = 0; index < count; index++) {
    const entry = set + 8 + index * 8;
    if (entry + 8 > bytes.length) break;
    const [id, at] = [view.getUint32(entry, true), set + view.getUint32(entry + 4, true)];
    if (at + 12 > bytes.length) continue;
    const type = view.getUint32(at, true);
    if (id === CODE_PAGE) decoder = new TextDecoder(charsetOf(view.getUint16(at + 4, true)));
    else if (type === FILETIME) {
      const date = fileTime(view.getBigUint64(at + 4, true));
      if (date !== undefined) found.set(id, date);
    } else if (type === 30 || type === 31) {
      const length = view.getUint32(at + 4, true) * (type === 31 ? 2 : 1);
      const text = bytes.subarray(at + 8, at + 8 + Math.min(length, 2_000));
      const decoded = (type === 31 ? new TextDecoder("utf-16le") : decoder).decode(text);
      found.set(id, decoded.replace(/\0[\s\S]*$/, ""));
    }
  }
  return found;
}

/** Tenths of microseconds since 1601 as ISO-8601; undefined for nothing. */
export function fileTime(value: bigint): string | undefined {
  return value === 0n ? undefined : toIso(Number(value / 10_000n) - EPOCH_MS);
}

const CHARSETS = new Map([
  [65_001, "utf-8"],
  [1200, "utf-16le"],
  [932, "shift_jis"],
  [936, "gb18030"],
  [54_936, "gb18030"],
  [949, "euc-kr"],
  [950, "big5"],
  [874, "windows-874"],
  [866, "ibm866"],
  [20_866, "koi8-r"],
  [51_932, "euc-jp"],
  [50_220, "iso-2022-jp"],
  [10_000, "macintosh"],
]);

/** The name of a code page of Windows; the western one where it is not known. */
export function charsetOf(codePage: number): string {
  if (codePage >= 1250 && codePage <= 1258) return `windows-${codePage}`;
  if (codePage > 28_590 && codePage <= 28_606 && codePage !== 28_602) return `iso-8859-${codePage - 28_590}`;
  return CHARSETS.get(codePage) ?? "windows-1252";
}
