import { describe, expect, test } from "bun:test";
import { strToU8, unzipSync, zipSync } from "fflate";
import { fileOf, readWhole, refusalOf } from "./fixtures";
import { pptxOf, slideShape, xlsxOf } from "./office-fixtures";
import { readDocument } from "./read-document";

const row = (...cells: string[]) => `<row>${cells.join("")}</row>`;
const shared = (place: string, index: number) => `<c r="${place}" t="s"><v>${index}</v></c>`;
const number = (place: string, value: string, style = 0) =>
  `<c r="${place}" s="${style}"><v>${value}</v></c>`;

describe("a workbook", () => {
  test("is one table a sheet, with dates, percentages and gaps where they stand", async () => {
    const rows = [
      row(shared("A1", 0), shared("B1", 1), shared("D1", 2)),
      row(number("A2", "46143", 3), number("B2", "0.30000000000000004"), number("D2", "0.125", 4)),
      row(
        number("A3", "46143.5", 1),
        `<c r="B3" t="b"><v>1</v></c>`,
        `<c r="C3" t="inlineStr"><is><t>a | b</t></is></c>`,
      ),
      row(
        number("A4", "0.25", 1),
        `<c r="B4" t="str"><f>A1&amp;"!"</f><v>sum!</v></c>`,
        number("D4", "12", 2),
      ),
      row(),
    ];
    const texts = [
      "<t>Day</t>",
      "<r><t>Am</t></r><r><t>ount</t></r><rPh><t>x</t></rPh>",
      "<t>Share &amp; note</t>",
    ];
    const formats = ["yyyy\\-mm\\-dd hh:mm", '0.00 "days"'];
    const hidden = { name: "Secret", rows: rows[0] ?? "", state: "hidden" };
    const sheet = { name: "Tides *2026*", rows: rows.join("") };
    const read = await readWhole(
      "plan.xlsx",
      xlsxOf([sheet, hidden, { name: "Empty", rows: "" }], texts, formats),
    );
    expect(read.kind).toBe("table");
    expect(read.metadata["sheets"]).toEqual(["Tides *2026*", "Empty"]);
    expect(read.markdown).toBe(
      [
        "## Tides \\*2026\\*",
        "",
        "| Day | Amount | Column 3 | Share & note |",
        "| --- | --- | --- | --- |",
        "| 2026-05-01 | 0.3 |  | 12.5% |",
        "| 2026-05-01 12:00 | TRUE | a \\| b |  |",
        "| 06:00 | sum! |  | 12 |",
        "",
        "## Empty",
      ].join("\n"),
    );
  });

  test("has spans of time that are no dates, and dates of the calendar that it counts by", async () => {
    const formats = ["[h]:mm", "[hh]:mm:ss", "[mm]:ss", "[Red]0.00", "yyyy-mm-dd"];
    const cells = (value: string) =>
      row(...formats.map((_, at) => number(`${"ABCDE".charAt(at)}1`, value, at + 1)));
    const sheet = { name: "Hours", rows: cells("1") + cells("1.6875") + cells("-0.5") };
    const read = await readWhole("hours.xlsx", xlsxOf([sheet], [], formats));
    expect(read.markdown.split("\n").filter((line) => line.startsWith("| "))).toEqual([
      "| 24:00 | 24:00:00 | 1440:00 | 1 | 1899-12-31 |",
      "| --- | --- | --- | --- | --- |",
      "| 40:30 | 40:30:00 | 2430:00 | 1.6875 | 1899-12-31 16:30 |",
      "| -12:00 | -12:00:00 | -720:00 | -0.5 | -0.5 |",
    ]);
    const old = xlsxOf([{ name: "Old", rows: row(number("A1", "39813", 1)) }], [], ["yyyy-mm-dd"], "<workbookPr date1904=\"1\"/>"); // prettier-ignore
    expect((await readWhole("old.xlsx", old)).markdown).toContain("2013-01-01");
  });

  test("with very many rows and sheets says what is missing", async () => {
    const rows = Array.from({ length: 5_200 }, (_, at) => row(number(`A${at + 1}`, String(at)))).join("");
    const sheets = Array.from({ length: 33 }, (_, at) => ({ name: `S${at}`, rows: at === 0 ? rows : "" }));
    const { markdown } = await readWhole("big.xlsx", xlsxOf(sheets));
    expect(markdown).toContain("> The table has 5,199 rows; the first 5,000 rows are shown.");
    expect(markdown).toEndWith("> The workbook has 33 sheets; the first 30 are shown.");
  });
});

describe("a presentation", () => {
  test("is one section a slide, in the order in which it is shown", async () => {
    const table =
      "<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>Pump</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>4</a:t></a:r></a:p></a:tc></a:tr><a:tr><a:tc><a:p/></a:tc><a:tc><a:p><a:r><a:t>two</a:t></a:r></a:p><a:p><a:r><a:t>lines</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame>";
    const first =
      slideShape("Harbour\nreview", "ctrTitle") + slideShape("One\n\tTwo *bold*") + slideShape("2026", "ftr");
    const { markdown, kind, metadata } = await readWhole(
      "talk.pptx",
      pptxOf([{ shapes: first, notes: "Say hello.\n# twice" }, { shapes: table }, { shapes: "" }]),
    );
    expect([kind, metadata["slides"]]).toEqual(["document", 3]);
    expect(markdown).toBe(
      [
        "## Slide 1: Harbour review",
        "- One\n  - Two \\*bold\\*",
        "### Notes",
        "Say hello.",
        "\\# twice",
        "## Slide 2",
        "| Pump | 4 |\n| --- | --- |\n|  | two<br>lines |",
        "## Slide 3",
      ].join("\n\n"),
    );
  });
});

test("a workbook and a presentation have the author and date of their properties", async () => {
  const core = strToU8(
    "<cp:coreProperties><dc:title>Template</dc:title><dc:creator>Ada</dc:creator><dcterms:modified>2026-05-01T09:00:00Z</dcterms:modified></cp:coreProperties>",
  );
  const files = { "a.xlsx": xlsxOf([{ name: "S", rows: "" }]), "a.pptx": pptxOf([{ shapes: "" }]) };
  for (const [name, file] of Object.entries(files)) {
    const read = await readWhole(name, zipSync({ ...unzipSync(file), "docProps/core.xml": core }));
    expect(read).toMatchObject({ title: "a", author: "Ada", artifactDate: "2026-05-01T09:00:00.000Z" });
  }
});

describe("an Office file that is none", () => {
  test.each(["a.xlsx", "a.pptx"])("%s is refused in words", async (path) => {
    const zip = zipSync({ "other.xml": strToU8("<a/>") });
    expect(await refusalOf(readDocument(fileOf(path, zip)))).toContain(
      "is damaged and cannot be read. Open it in Office",
    );
    const locked = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]);
    expect(await refusalOf(readDocument(fileOf(path, locked)))).toContain("is protected by a password");
    expect(await refusalOf(readDocument(fileOf(path, "no zip at all")))).toContain("is damaged");
  });
});
