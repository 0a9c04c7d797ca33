import { DAY_MS } from "@/lib/time";
import { type OfficeParts, walkXml } from "./office-parts";

/** Built-in formats that are dates, times or percentages, by what they show (ECMA-376, 18.8.30). */
const BUILT_IN = new Map([
  ...[14, 15, 16, 17, 22].map((id) => [id, "yyyy-mm-dd"] as const),
  ...[18, 19, 20, 21, 45, 47].map((id) => [id, "hh:mm"] as const),
  ...[9, 10].map((id) => [id, "0%"] as const),
]);
/** Built-in format of a span in hours (ECMA-376, 18.8.30). */
const HOURS = 46;
/** Day 0 of the usual calendar of spreadsheets, which takes 1900 for a leap year, and of the one that began on Macs. */
const EPOCH = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** The code of a format that workbooks do not write out; empty for those that are plain. */
export function builtInCode(id: number): string {
  return id === HOURS ? "[h]:mm:ss" : (BUILT_IN.get(id) ?? "");
}

/** Day 0 of a workbook's dates. */
export function dayZero(is1904: boolean): number {
  return is1904 ? EPOCH_1904 : EPOCH;
}

/**
 * How a number is shown by its cell's style: dates as ISO dates, spans of time and percentages as such, others without
 * rounding noise.
 */
export function readCellFormats(parts: OfficeParts): (style: number, value: string) => string {
  const codes = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  walkXml(parts, "xl/styles.xml", {
    open: (name, attributes) => {
      if (name === "numFmt") codes.set(Number(attributes["numFmtId"]), attributes["formatCode"] ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) styles.push(Number(attributes["numFmtId"] ?? 0));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  const epoch = epochOf(parts);
  return (style, value) => {
    const id = styles[style] ?? 0;
    return shownNumber(value, codes.get(id) ?? builtInCode(id), epoch);
  };
}

/** A number as a format's code shows it. What is no number stays as it is. */
export function shownNumber(value: string, formatCode: string, epoch = EPOCH): string {
  const number = Number(value);
  if (value.trim() === "" || !Number.isFinite(number)) return value;
  // Quoted words, escaped letters and colours are no part of a date.
  const written = formatCode.replaceAll(/"[^"]*"|\\./g, "");
  const unit = /\[([hms])\1*\]/i.exec(written)?.[1]?.toLowerCase();
  if (unit !== undefined) return spanOf(number, unit, /s/i.test(written));
  const code = written.replaceAll(/\[[^\]]*\]/g, "");
  if (/[ymdhs]/i.test(code)) return dateOf(number, epoch) ?? value;
  return code.includes("%") ? `${plain(number * 100)}%` : plain(number);
}

/** 0.1 + 0.2 reads as 0.3. */
function plain(number: number): string {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

/** Day 0 of the workbook's dates. */
function epochOf(parts: OfficeParts): number {
  let epoch = EPOCH;
  walkXml(parts, "xl/workbook.xml", {
    open: (name, { date1904 = "0" }) => {
      if (name === "workbookPr" && (date1904 === "1" || date1904 === "true")) epoch = EPOCH_1904;
    },
  });
  return epoch;
}

/** `[h]:mm` of a day and a half is 36:00, and no date: hours, minutes or seconds of all of it. */
function spanOf(days: number, unit: string, withSeconds: boolean): string {
  const seconds = Math.round(Math.abs(days) * (DAY_MS / 1_000));
  const two = (part: number) => String(part % 60).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const sign = days < 0 && seconds > 0 ? "-" : "";
  if (unit === "s") return `${sign}${seconds}`;
  if (unit === "m") return `${sign}${minutes}:${two(seconds)}`;
  return `${sign}${Math.floor(minutes / 60)}:${two(minutes)}${withSeconds ? `:${two(seconds)}` : ""}`;
}

function dateOf(days: number, epoch: number): string | undefined {
  if (days < 0 || days > 2_958_466) return undefined;
  const iso = new Date(epoch + Math.round(days * DAY_MS)).toISOString();
  if (Number.isInteger(days)) return iso.slice(0, 10);
  const time = iso.slice(11, 19).replace(/:00$/, "");
  return days < 1 ? time : `${iso.slice(0, 10)} ${time}`;
}
