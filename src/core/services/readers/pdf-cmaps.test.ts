import { expect, test } from "bun:test";
import { pdfFrom, readWhole } from "./fixtures";

/** A page written in a font that names the map of its characters; the text as hexadecimal bytes. */
function pdfIn(map: string, ordering: string, ...lines: string[]): Uint8Array {
  const stream = lines.map((line, at) => `BT /F1 12 Tf 72 ${700 - at * 100} Td <${line}> Tj ET`).join("\n");
  return pdfFrom([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 5 0 R /Resources << /Font << /F1 6 0 R >> >> >>",
    "<< >>",
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    `<< /Type /Font /Subtype /Type0 /BaseFont /Any /Encoding /${map} /DescendantFonts [7 0 R] >>`,
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Any /DW 1000 /FontDescriptor 8 0 R " +
      `/CIDSystemInfo << /Registry (Adobe) /Ordering (${ordering}) /Supplement 2 >> >>`,
    "<< /Type /FontDescriptor /FontName /Any /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 " +
      "/Descent -200 /CapHeight 700 /StemV 80 >>",
  ]);
}

test.each([
  ["UniJIS-UCS2-H", "Japan1", "8acb 6c42 0020 0041", "請求 A"],
  ["UniGB-UTF16-H", "GB1", "53d1 7968", "发票"],
  ["90ms-RKSJ-V", "Japan1", "90bf 8b81 b1 41", "請求ｱA"],
  ["EUC-H", "Japan1", "c0c1 b5e1 20 41", "請求 A"],
  ["GBK-EUC-H", "GB1", "b7a2 c6b1 20 41", "发票 A"],
  ["ETen-B5-H", "CNS1", "b56f b2bc", "發票"],
  ["KSCms-UHC-H", "Korea1", "bcdb c0e5", "송장"],
])("a PDF whose font names the map %s has its text", async (map, ordering, bytes, text) => {
  const read = await readWhole("invoice.pdf", pdfIn(map, ordering, bytes.replaceAll(" ", "")));
  expect(read.markdown.replaceAll(/\s+/g, " ")).toBe(text);
});

test("a PDF whose font numbers glyphs by a map that is not known has no text rather than a wrong one", async () => {
  for (const map of ["Identity-H", "78-H"]) {
    const read = await readWhole("invoice.pdf", pdfIn(map, "Japan1", "10201030"));
    expect(read).toMatchObject({ markdown: "", metadata: { note: "no text layer" } });
  }
});
