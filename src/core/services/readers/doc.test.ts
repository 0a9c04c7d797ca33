import { describe, expect, test } from "bun:test";
import { compoundOf } from "./cfb-fixtures";
import { docxOf, readWhole, refusalOf, wordParagraph } from "./fixtures";

const TEXT_AT = 0x800;
const [HEADING_1, IN_TABLE, ROW_END, LIST] = [
  Buffer.from([1, 0]),
  Buffer.from([0, 0, 0x16, 0x24, 1]),
  Buffer.from([0, 0, 0x16, 0x24, 1, 0x17, 0x24, 1]),
  Buffer.from([0, 0, 0x0b, 0x46, 1, 0, 0x0a, 0x26, 0]),
];
const PLAIN = Buffer.from([0, 0]);

/** A Word 97 file: paragraphs with their marks and properties, by story: text, footnotes and comments. */
function docOf(stories: [text: string, properties: Buffer][][], flags = 0): Uint8Array {
  const paragraphs = stories.flat();
  const all = Buffer.from(paragraphs.map(([text]) => text).join(""), "utf16le");
  const main = Buffer.alloc(TEXT_AT + Math.ceil(all.length / 512) * 512 + 512);
  const page = main.length - 512;
  main.writeUInt16LE(0xa5ec, 0);
  main.writeUInt16LE(0xc1, 2);
  main.writeUInt16LE(flags, 0x0a);
  for (const [at, story] of [0, 1, 4].entries())
    main.writeUInt32LE(
      (stories[at] ?? []).reduce((sum, [text]) => sum + text.length, 0),
      0x4c + story * 4,
    );
  main.set(all, TEXT_AT);
  // The page of properties: where each paragraph ends, and how far into the page its properties stand.
  let [end, store] = [TEXT_AT, 510];
  main.writeUInt32LE(end, page);
  for (const [at, [text, properties]] of paragraphs.entries()) {
    end += text.length * 2;
    main.writeUInt32LE(end, page + (at + 1) * 4);
    const words = (properties.length + 2) >> 1;
    store -= words * 2;
    main.writeUInt8(store / 2, page + (paragraphs.length + 1) * 4 + at * 13);
    main.writeUInt8(words, page + store);
    main.set(properties, page + store + 1);
  }
  main.writeUInt8(paragraphs.length, page + 511);
  const table = Buffer.alloc(64);
  table.writeUInt8(2, 0);
  table.writeUInt32LE(16, 1);
  table.writeUInt32LE(all.length / 2, 9);
  table.writeUInt32LE(TEXT_AT, 15);
  table.writeUInt32LE(TEXT_AT, 32);
  table.writeUInt32LE(end, 36);
  table.writeUInt32LE(page / 512, 40);
  main.writeUInt32LE(0, 0x1a2);
  main.writeUInt32LE(21, 0x1a6);
  main.writeUInt32LE(32, 0x102);
  main.writeUInt32LE(12, 0x106);
  return compoundOf({ WordDocument: new Uint8Array(main), "0Table": new Uint8Array(table) });
}

describe("a Word document of before 2007", () => {
  test("has its headings, lists, tables, links, footnotes and comments", async () => {
    const bytes = docOf([
      [
        ["Tides\r", HEADING_1],
        ['See \u0013 HYPERLINK "https://a.b" \u0014the table\u0015 *below*.\r', PLAIN],
        ["first\r", LIST],
        ["second\r", LIST],
        ["Moon\u0007", IN_TABLE],
        ["Sea\u0007", IN_TABLE],
        ["\u0007", ROW_END],
        ["new\u0007", IN_TABLE],
        ["\u0007", IN_TABLE],
        ["\u0007", ROW_END],
        ["End\r", PLAIN],
      ],
      [["\u0002 A footnote\r", PLAIN]],
      [["\u0005Is it?\r", PLAIN]],
    ]);
    expect((await readWhole("plan.doc", bytes)).markdown).toBe(
      "# Tides\n\nSee the table \\*below\\*.\n\n- first\n- second\n\n| Moon | Sea |\n| --- | --- |\n| new |  |\n\nEnd\n\n" +
        "A footnote\n\n## Comments\n\n- Is it?",
    );
  });

  test("that is locked, older or damaged says so", async () => {
    const locked = docOf([[["x\r", PLAIN]]], 0x0100);
    expect(await refusalOf(readWhole("a.doc", locked))).toContain("a.doc is protected by a password.");
    const old = compoundOf({ WordDocument: new Uint8Array(600) });
    expect(await refusalOf(readWhole("a.doc", old))).toContain("a.doc is of a Word older than 1997.");
    const cut = docOf([[["x\r", PLAIN]]]).slice(0, 1_500);
    expect(await refusalOf(readWhole("a.doc", cut))).toContain("a.doc is damaged and cannot be read.");
  });

  test("that is something else under its name is read as what it is", async () => {
    const page = "<html><head><title>Report</title></head><body><h1>Head</h1><p>Text</p></body></html>";
    const saved = `From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${page}\r\n--b--`;
    for (const text of [page, saved])
      expect(await readWhole("a.doc", text)).toMatchObject({ title: "Report", markdown: "# Head\n\nText" });
    expect((await readWhole("a.doc", "{\\rtf1 Rich text\\par}")).markdown).toBe("Rich text");
    expect((await readWhole("a.doc", "Just text")).markdown).toBe("Just text");
    expect((await readWhole("graph.dot", "digraph { a -> b }")).markdown).toBe("digraph { a -> b }");
    expect((await readWhole("a.doc", docxOf(wordParagraph("Today")))).markdown).toBe("Today");
    expect(await refusalOf(readWhole("a.doc", "\0\u0001"))).toContain("a.doc is not what its name says");
  });
});

test("a web page saved in one file has its text, title, date and address", async () => {
  const saved =
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://wiki.example.com/tides\r\nSubject: Tides\r\n" +
    "Date: Fri, 01 May 2026 09:00:00 +0200\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n" +
    "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Moon=20& sea</p>\r\n" +
    "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--";
  expect(await readWhole("page.mhtml", saved)).toMatchObject({
    title: "Tides",
    markdown: "Moon & sea",
    url: "https://wiki.example.com/tides",
    artifactDate: "2026-05-01T07:00:00.000Z",
    kind: "document",
  });
});
