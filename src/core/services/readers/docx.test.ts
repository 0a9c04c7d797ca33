import { describe, expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { docxOf, readWhole, refusalOf, wordParagraph } from "./fixtures";
import { ZipTooLarge, unpackZip } from "./zip-guard";
import { cpuTimeOf } from "@test/cpu-time";

const CORE =
  '<cp:coreProperties xmlns:cp="a" xmlns:dc="b" xmlns:dcterms="c"><dc:title>Plan &amp; budget</dc:title>' +
  "<dc:creator>Ada</dc:creator><dcterms:modified>2026-05-01T09:00:00Z</dcterms:modified></cp:coreProperties>";

describe("Word files", () => {
  test("become markdown with title, author and date", async () => {
    const table = `<w:tbl>${[1, 2].map((row) => `<w:tr>${["a", "b"].map((cell) => `<w:tc>${wordParagraph(cell + row)}</w:tc>`).join("")}</w:tr>`).join("")}</w:tbl>`;
    const body = wordParagraph("Heading", "H1") + wordParagraph("Words with snake_case &lt;b&gt;") + table;
    expect(await readWhole("a.docx", docxOf(body, { "docProps/core.xml": CORE }))).toMatchObject({
      title: "Plan & budget",
      author: "Ada",
      artifactDate: "2026-05-01T09:00:00.000Z",
      kind: "document",
      markdown: expect.stringMatching(/^# Heading\n\nWords with snake_case \\<b>\n\n\|[^]*\| a2 \| b2 \|/),
    });
    expect((await readWhole("a.docx", docxOf(body))).title).toBe("Heading");
  });

  test("that are no zip, cut off, empty or locked say so in plain words", async () => {
    const whole = docxOf(wordParagraph("x"));
    for (const bytes of [
      strToU8("nope"),
      whole.slice(0, 300),
      whole.slice(100),
      zipSync({ "a.txt": strToU8("x") }),
    ]) {
      expect(await refusalOf(readWhole("sub/report.docx", bytes))).toContain(
        "sub/report.docx is damaged and cannot be read.",
      );
    }
    expect(await refusalOf(readWhole("report.docx", ""))).toContain("report.docx is empty.");
    const locked = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]);
    expect(await refusalOf(readWhole("report.docx", locked))).toContain("protected by a password");
  });

  test("with broken or endlessly nested XML are refused, and the next file is read", async () => {
    expect(await refusalOf(readWhole("a.docx", docxOf("", { "word/document.xml": "<x" })))).toContain(
      "damaged",
    );
    const deep = "<w:tbl><w:tr><w:tc>".repeat(5_000) + "</w:tc></w:tr></w:tbl>".repeat(5_000);
    expect(await refusalOf(readWhole("a.docx", docxOf(deep)))).toContain("damaged");
    expect((await readWhole("a.docx", docxOf(wordParagraph("fine")))).markdown).toBe("fine");
  });

  test("that are zip bombs are refused before anything is unpacked", async () => {
    const bomb = docxOf(wordParagraph("x"), { "word/media.xml": " ".repeat(25_000_000) });
    const took = await cpuTimeOf(async () => {
      const refusal = await refusalOf(readWhole("bomb.docx", bomb));
      expect(refusal).toContain("bomb.docx unpacks to far more than a document holds");
    });
    expect(took).toBeLessThan(1_000);
  });
});

const always = () => true;

describe("unpacking a zip", () => {
  test("gives the wanted entries", () => {
    const zip = zipSync({
      "a.xml": strToU8("one"),
      "b.png": [strToU8("two"), { level: 0 }],
      "c/": new Uint8Array(),
    });
    expect(Object.keys(unpackZip(zip, (name) => name.endsWith(".xml")))).toEqual(["a.xml"]);
    expect(new TextDecoder().decode(unpackZip(zip, always)["b.png"])).toBe("two");
  });

  test("stops an entry that is larger than the directory says", () => {
    const zip = zipSync({ "a.xml": new Uint8Array(5_000_000) });
    const directory = zip.length - 22 - 46 - 5;
    new DataView(zip.buffer, zip.byteOffset).setUint32(directory + 24, 100, true);
    expect(() => unpackZip(zip, always)).toThrow(ZipTooLarge);
  });

  test("refuses more than 200 MB however well it is hidden", () => {
    const zip = zipSync({ "a.xml": new Uint8Array(10) });
    new DataView(zip.buffer, zip.byteOffset).setUint32(zip.length - 22 - 46 - 5 + 24, 300_000_000, true);
    expect(() => unpackZip(zip, () => false)).toThrow(ZipTooLarge);
  });
});
