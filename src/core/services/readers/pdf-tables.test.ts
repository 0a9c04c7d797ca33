import { describe, expect, test } from "bun:test";
import { readWhole, pdfFrom } from "./fixtures";
import { linesOf, pageMarkdown, type PdfRun } from "./pdf-lines";
import { withoutRepeats } from "./pdf-repeats";

/** A line of 10-point text, with each text where it begins. */
function row(y: number, ...texts: [x: number, text: string][]): PdfRun[] {
  return texts.map(([x, text], at) => ({
    text,
    x,
    y,
    width: text.length * 5,
    size: 10,
    endsLine: at === texts.length - 1,
  }));
}
const page = (...rows: PdfRun[][]) => pageMarkdown(linesOf(rows.flat()), 10, 2);

describe("a table of a PDF", () => {
  test("keeps its rows and columns, with cells that are empty or go over two lines", () => {
    const markdown = page(
      row(720, [50, "We charge:"]),
      row(700, [50, "Item"], [150, "Qty"], [200, "Price"]),
      row(688, [50, "Widget"], [150, "2"], [200, "10.00"]),
      row(676, [50, "Gadget"], [200, "as"]),
      row(664, [200, "agreed"]),
      row(640, [50, "Thank you."]),
    );
    expect(markdown).toBe(
      "We charge:\n\n| Item | Qty | Price |\n| --- | --- | --- |\n| Widget | 2 | 10.00 |\n| Gadget |  | as agreed |\n\nThank you.",
    );
  });

  test("ends where a line stands across its columns", () => {
    const markdown = page(
      row(700, [50, "a"], [100, "b"], [150, "c"], [200, "d"]),
      row(688, [50, "e"], [100, "f"], [150, "g"], [200, "h"]),
      row(676, [50, "and over, see the other table, page 2"], [260, "x"]),
    );
    expect(markdown).toBe(
      "| a | b | c | d |\n| --- | --- | --- | --- |\n| e | f | g | h |\n\nand over, see the other table, page 2 x",
    );
  });

  test("is none where list marks stand apart from their items, or one line has a gap by chance", () => {
    const list = page(row(700, [50, "1."], [80, "First"]), row(688, [50, "2."], [80, "Second"]));
    expect(list).toBe("1. First\n\n2. Second");
    const justified = page(
      row(700, [50, "Text that was"], [135, "spread to"]),
      row(688, [50, "fill its column and goes on"]),
    );
    expect(justified).toBe("Text that was spread to fill its column and goes on");
  });

  test("is none where two columns of text were written across: they are read one after the other", () => {
    const left = "The left column has long lines of text,";
    const right = "and the right one has a text of its own.";
    const lines = [0, 1, 2, 3].map((at) =>
      row(700 - at * 12, [50, `${left} ${at}`], [300, `${right} ${at}`]),
    );
    const numbers = [0, 1, 2, 3];
    expect(page(...lines)).toBe(
      `${numbers.map((at) => `${left} ${at}`).join(" ")}\n\n${numbers.map((at) => `${right} ${at}`).join(" ")}`,
    );
  });

  test("with very many lines takes no longer than they do", () => {
    const rows = Array.from({ length: 20_000 }, (_, at) => row(1e6 - at * 12, [50, "a"], [100, "b"]));
    const rest = Array.from({ length: 20_000 }, (_, at) => row(7e5 - at * 12, [100, "c"]));
    expect(page(...rows, ...rest).length).toBeGreaterThan(100_000);
  });
});

describe("what is on every page of a PDF", () => {
  const pages = (footer: (number: number) => string, count = 5) =>
    Array.from({ length: count }, (_, at) =>
      linesOf([
        ...row(800, [50, "Confidential"]),
        ...row(500, [50, `Text ${"abcde"[at]}`]),
        ...row(30, [50, footer(at + 1)]),
      ]),
    );
  const textOf = (lines: ReturnType<typeof pages>) =>
    lines.map((page) => page.map(({ text }) => text).join(", "));

  test("is shown once, with its page number", () => {
    expect(
      textOf(
        withoutRepeats(
          pages((number) => `Page ${number} of 5`),
          11,
        ),
      ),
    ).toEqual(["Confidential, Text a, Page 1 of 5", "Text b", "Text c", "Text d", "Text e"]);
  });

  test("stays where its numbers are not the page's, where it is a heading, and on two pages", () => {
    const sums = withoutRepeats(
      pages((number) => `Net pay ${number}00.50`),
      11,
    );
    expect(textOf(sums)[3]).toBe("Text d, Net pay 400.50");
    expect(textOf(withoutRepeats(pages(String), 5))[3]).toBe("Confidential, Text d, 4");
    expect(textOf(withoutRepeats(pages(String, 2), 11))[1]).toBe("Confidential, Text b, 2");
  });
});

test("a PDF's form is told by its fields, and its remarks with their authors", async () => {
  const field = (name: string, more: string) =>
    `<< /Type /Annot /Subtype /Widget /F 4 /Rect [0 0 9 9] /P 3 0 R /T (${name}) ${more} >>`;
  const bytes = pdfFrom([
    "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [5 0 R 6 0 R 7 0 R 8 0 R] >> >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] >>",
    "<< >>",
    field("name", "/FT /Tx /V (Ada *Lovelace*)"),
    field("plan", "/FT /Ch /Ff 131072 /V (g) /Opt [[(g) (Gold)] [(s) (Silver)]]"),
    field("agreed", "/FT /Btn /V /Yes /AS /Yes /AP << /N << /Yes 4 0 R /Off 4 0 R >> >>"),
    field("pin", "/FT /Tx /Ff 8192 /V (1234)"),
    "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Bob) /M (D:20260502080000Z) /Contents (Is it?) >>",
  ]);
  expect((await readWhole("form.pdf", bytes)).markdown).toBe(
    "## Form\n\n- name: Ada \\*Lovelace\\*\n- plan: Gold\n- agreed: yes\n\n## Comments\n\n- **Bob** (2026-05-02): Is it?",
  );
});
