import { describe, expect, test } from "bun:test";
import { compoundOf } from "./cfb-fixtures";
import { readWhole, refusalOf } from "./fixtures";

const shorts = (...values: number[]) => Buffer.from(Uint16Array.from(values).buffer);
const longs = (...values: number[]) => Buffer.from(Uint32Array.from(values).buffer);
const double = (value: number) => Buffer.from(Float64Array.of(value).buffer);
const record = (type: number, ...data: Buffer[]) => {
  const content = Buffer.concat(data);
  return Buffer.concat([shorts(type, content.length), content]);
};
const wide = (text: string) =>
  Buffer.concat([shorts(text.length), Buffer.from([1]), Buffer.from(text, "utf16le")]);
const BEGIN = record(0x809, Buffer.alloc(16));
const END = record(0x0a);

/** A workbook of Excel 97: records that hold for all of it, and one sheet's, hidden or not, by name. */
function xlsOf(globals: Buffer[], sheets: { name: string; hidden?: boolean; cells: Buffer[] }[]): Uint8Array {
  const listed = (at: number[]) =>
    sheets.map(({ name, hidden = false }, index) =>
      record(
        0x85,
        longs(at[index] ?? 0),
        Buffer.from([hidden ? 1 : 0, 0, name.length, 0]),
        Buffer.from(name, "latin1"),
      ),
    );
  const head = (at: number[]) => Buffer.concat([BEGIN, ...globals, ...listed(at), END]);
  const bodies = sheets.map(({ cells }) => Buffer.concat([BEGIN, ...cells, END]));
  let place = head([]).length;
  const places = bodies.map((body) => (place += body.length) - body.length);
  const stream = Buffer.concat([head(places), ...bodies]);
  return compoundOf({ Workbook: new Uint8Array(Buffer.concat([stream, Buffer.alloc(4_096)])) });
}

// A text that goes on in the next record, where its characters have one byte each.
const TEXTS = Buffer.concat([
  record(
    0xfc,
    longs(3, 3),
    wide("Day"),
    wide("Sum"),
    shorts(9),
    Buffer.from([1]),
    Buffer.from("Grüße", "utf16le"),
  ),
  record(0x3c, Buffer.from([0]), Buffer.from(" all", "latin1")),
]);
const STYLES = [
  record(0x41e, shorts(200), wide('0.0" days"')),
  ...[0, 14, 10, 200].map((format) => record(0xe0, shorts(0, format), Buffer.alloc(16))),
];
const text = (row: number, column: number, index: number) =>
  record(0xfd, shorts(row, column, 0), longs(index));
const cells = [
  text(0, 0, 0),
  text(0, 1, 1),
  text(0, 3, 2),
  record(0x203, shorts(1, 0, 1), double(46_143)),
  record(0x27e, shorts(1, 1, 2), longs((25 << 2) | 3)),
  record(0xbd, shorts(2, 0), shorts(3), longs((7 << 2) | 2), shorts(0), longs((150 << 2) | 3), shorts(1)),
  record(0x06, shorts(3, 0, 0), Buffer.from([0, 0, 0, 0, 0, 0, 0xff, 0xff]), Buffer.alloc(8)),
  record(0x207, wide("a | b")),
  record(0x06, shorts(3, 1, 0), double(0.1 + 0.2), Buffer.alloc(8)),
  record(0x205, shorts(3, 3, 0), Buffer.from([0x2a, 1])),
  record(0x205, shorts(4, 3, 0), Buffer.from([1, 0])),
];

describe("a workbook of before 2007", () => {
  test("is one table a sheet, with dates, percentages, gaps and the values of formulas", async () => {
    const bytes = xlsOf(
      [...STYLES, TEXTS],
      [
        { name: "Tides", cells },
        { name: "Secret", hidden: true, cells },
        { name: "Empty", cells: [] },
      ],
    );
    const read = await readWhole("sums.xls", bytes);
    expect(read).toMatchObject({ title: "sums", kind: "table", metadata: { sheets: ["Tides", "Empty"] } });
    expect(read.markdown).toBe(
      [
        "## Tides",
        "",
        "| Day | Sum | Column 3 | Grüße all |",
        "| --- | --- | --- | --- |",
        "| 2026-05-01 | 25% |  |  |",
        "| 7 | 1.5 |  |  |",
        "| a \\| b | 0.3 |  | #N/A |",
        "|  |  |  | TRUE |",
        "",
        "## Empty",
      ].join("\n"),
    );
  });

  test("that is locked, older or damaged says so", async () => {
    const locked = xlsOf([record(0x2f, Buffer.alloc(54))], []);
    expect(await refusalOf(readWhole("a.xls", locked))).toContain("a.xls is protected by a password.");
    const old = compoundOf({ Book: new Uint8Array(100) });
    expect(await refusalOf(readWhole("a.xls", old))).toContain("a.xls is of an Excel older than 1997");
    const damaged = xlsOf([record(0xfc, longs(9, 9), wide("Day"))], []);
    expect(await refusalOf(readWhole("a.xls", damaged))).toContain("a.xls is damaged and cannot be read.");
  });

  test("that is a page or a text under its name is read as that", async () => {
    expect((await readWhole("a.xls", "<table><tr><td>a<td>b</table>")).markdown).toContain("| a | b |");
    expect((await readWhole("a.xls", "Day\tSum\n1\t2\n")).markdown).toBe(
      "| Day | Sum |\n| --- | --- |\n| 1 | 2 |",
    );
  });
});
