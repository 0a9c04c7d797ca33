import { type OfficeParts, walkXml } from "./office-parts";

/** Built-in formats that are dates or times (ECMA-376, 18.8.30). */
const BUILT_IN = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);
const DAY_MS = 86_400_000;
/** Day 0 of the usual calendar of spreadsheets, which takes 1900 for a leap year. */
const EPOCH = Date.UTC(1899, 11, 30);

/** How a number is shown by its cell's style: dates as ISO dates, percentages as such, others without rounding noise. */
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
  return (style, value) => {
    const number = Number(value);
    const id = styles[style] ?? 0;
    if (value.trim() === "" || !Number.isFinite(number)) return value;
    // Quoted words, escaped letters and colours are no part of a date.
    const code = (codes.get(id) ?? "").replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, "");
    if (BUILT_IN.has(id) || /[ymdhs]/i.test(code)) return dateOf(number) ?? value;
    if (id === 9 || id === 10 || code.includes("%")) return `${plain(number * 100)}%`;
    return plain(number);
  };
}

/** 0.1 + 0.2 reads as 0.3. */
function plain(number: number): string {
  return Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
}

function dateOf(days: number): string | undefined {
  if (days < 0 || days > 2_958_466) return undefined;
  const iso = new Date(EPOCH + Math.round(days * DAY_MS)).toISOString();
  if (Number.isInteger(days)) return iso.slice(0, 10);
  const time = iso.slice(11, 19).replace(/:00$/, "");
  return days < 1 ? time : `${iso.slice(0, 10)} ${time}`;
}
