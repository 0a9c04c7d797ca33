import { describe, expect, test } from "bun:test";
import { failureOf, pdfOf, readWhole, refusalOf } from "./fixtures";
import { pdfDate } from "./pdf-date";
import { bodySize, linesOf, pageMarkdown, type PdfRun } from "./pdf-lines";

describe("PDF files", () => {
  test("become paragraphs and headings, with title, author and date", async () => {
    const bytes = pdfOf(
      [
        [
          [20, 700, "A heading"],
          [11, 660, "Body text that is hyphen-"],
          [11, 646, "ated (twice)."],
          [11, 600, "Next."],
        ],
      ],
      "/Title (My report) /Author (Ada) /ModDate (D:20260501093000+02'00')",
    );
    expect(await readWhole("a.pdf", bytes)).toEqual({
      title: "My report",
      author: "Ada",
      artifactDate: "2026-05-01T07:30:00.000Z",
      markdown: "## A heading\n\nBody text that is hyphenated (twice).\n\nNext.",
      kind: "document",
      metadata: { pages: 1 },
    });
  });

  test("of several pages are marked page by page", async () => {
    const read = await readWhole("two.pdf", pdfOf([[[11, 700, "One"]], [], [[11, 700, "Three"]]]));
    expect(read.markdown).toBe("## Page 1\n\nOne\n\n## Page 3\n\nThree");
    expect(read).toMatchObject({ title: "two", metadata: { pages: 3 } });
  });

  test("with a title that is a program's file name go by their own name", async () => {
    for (const title of ["Microsoft Word - draft7.doc", "report_final.docx", "untitled"]) {
      expect((await readWhole("Report.pdf", pdfOf([[]], `/Title (${title})`))).title).toBe("Report");
    }
  });

  test("without pages or text are empty and say why", async () => {
    expect(await readWhole("a.pdf", pdfOf([]))).toMatchObject({ markdown: "", metadata: { pages: 0 } });
    expect((await readWhole("scan.pdf", pdfOf([[]]))).metadata).toEqual({ pages: 1, note: "no text layer" });
  });

  test("that are broken, cut off, empty or too large say so in plain words", async () => {
    const whole = pdfOf([[[11, 700, "One"]]]);
    for (const bytes of ["%PDF-1.4 garbage", "hello", whole.slice(0, 300)]) {
      expect(await refusalOf(readWhole("sub/report.pdf", bytes))).toContain(
        "sub/report.pdf is damaged and cannot be read.",
      );
    }
    expect(await refusalOf(readWhole("report.pdf", ""))).toContain("report.pdf is empty.");
    const large = readWhole("report.pdf", whole, { truncated: true, size: 300_000_000 });
    expect(await refusalOf(large)).toContain("report.pdf has 300 MB, which is over the size limit.");
  });

  test("that are locked ask for a copy without a password", async () => {
    const text = new TextDecoder().decode(pdfOf([[[11, 700, "One"]]]));
    const hex = "00".repeat(32);
    const locked = text.replace(
      "/Info 4 0 R",
      `/Info 4 0 R /ID [<${hex}> <${hex}>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${hex}> /U <${hex}> >>`,
    );
    const read = readWhole("secret.pdf", locked);
    expect(await failureOf(read)).toMatchObject({
      message: "secret.pdf is protected by a password.",
      action: "Save a copy without a password to have it read.",
    });
  });
});

const run = (text: string, y: number, more: Partial<PdfRun> = {}): PdfRun => {
  return { text, x: 72, y, width: text.length * 5, size: 10, endsLine: true, ...more };
};

describe("lines of a page", () => {
  test("join runs with a gap by a space, and without one by nothing", () => {
    const runs = [
      run("Wo", 700, { width: 10, endsLine: false }),
      run("rd", 700, { x: 82, width: 10, endsLine: false }),
      run("next", 700, { x: 100 }),
    ];
    expect(pageMarkdown(linesOf(runs), 10, 2)).toBe("Word next");
  });

  test("tell list items, keep compound names, and never make markup of text", () => {
    const runs = [
      run("• first", 700),
      run("• second", 688),
      run("Jean-", 640),
      run("Luc", 628),
      run("# no", 580),
    ];
    expect(pageMarkdown(linesOf(runs), 10, 2)).toBe("- first\n\n- second\n\nJean- Luc\n\n\\# no");
  });

  test("the body's size is the one that most text has", () => {
    expect(bodySize([[run("Heading", 1, { size: 20 })], [run("much more text", 1)]])).toBe(10);
    expect(bodySize([])).toBe(0);
  });
});

describe("PDF dates", () => {
  test("become UTC, and nonsense becomes nothing", () => {
    expect(pdfDate("D:20260501")).toBe("2026-05-01T00:00:00.000Z");
    expect(pdfDate("D:20260501093000Z")).toBe("2026-05-01T09:30:00.000Z");
    expect(pdfDate("20260501093000-05'30")).toBe("2026-05-01T15:00:00.000Z");
    expect(pdfDate("D:20269901")).toBeUndefined();
    expect(pdfDate("yesterday")).toBeUndefined();
    expect(pdfDate(undefined)).toBeUndefined();
  });
});
