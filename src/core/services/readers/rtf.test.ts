import { describe, expect, test } from "bun:test";
import { readWhole, refusalOf } from "./fixtures";

const rtf = (body: string) => Buffer.from(`{\\rtf1\\ansi\\ansicpg1252\\deff0${body}}`, "latin1");
const textOf = async (body: string) => (await readWhole("a.rtf", rtf(body))).markdown;

describe("rich text", () => {
  test("has its title, author, headings, lists, tables and footnotes", async () => {
    const body =
      "{\\stylesheet{\\s1 heading 1;}{\\s2 Body;}}{\\info{\\upr{\\title ???}{\\*\\ud{\\title Gr\\u252 uesse}}}{\\author Ada}}" +
      "{\\header Confidential\\par}\\pard\\s1 Tides\\par\\pard\\s2 First\\line second \\{a\\}{\\footnote Low & high}.\\par" +
      "{\\pntext\\'b7\\tab}one\\par{\\pntext\\'b7\\tab}two\\par" +
      "\\trowd\\intbl Moon\\cell Sea\\cell\\row\\trowd\\intbl new\\par old\\cell\\cell\\row\\pard End\\par";
    expect(await readWhole("a.rtf", rtf(body))).toMatchObject({
      title: "Grüesse",
      author: "Ada",
      kind: "document",
    });
    expect(await textOf(body)).toBe(
      "# Tides\n\nFirst\\\nsecond {a}\\[1\\].\n\n- one\n- two\n\n| Moon | Sea |\n| --- | --- |\n| new<br>old |  |\n\nEnd\n\n\\[1\\] Low & high",
    );
  });

  test("has its characters, in the charset of their font or in Unicode", async () => {
    const fonts = "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 Gothic;}}";
    expect(await textOf(`${fonts}\\f0 Gr\\'fc\\'dfe {\\f1\\'cf\\'f0\\'e8}\\f2\\'90\\'bf \\f0\\'fc`)).toBe(
      "Grüße При請 ü",
    );
    expect(await textOf("\\u8364?\\u-10240?\\u-8392?{\\uc2\\u252ab}c\\emdash d\\~e\\-f")).toBe("€𐌸üc—d ef");
  });

  test("loses what is hidden, deleted, or no text", async () => {
    expect(
      await textOf(
        "a{\\v b}{\\deleted c}{\\*\\unknown d}{\\pict 0a0b}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}\\bin3 }}}e{\\f2\\*\\cs7 f}",
      ),
    ).toBe("alinkef");
  });

  test("that is broken or none ends in text or says so", async () => {
    expect(await textOf("a}}}b{{{c")).toBe("abc");
    expect(await textOf("{".repeat(100_000) + "deep")).toBe("deep");
    expect(await refusalOf(readWhole("a.rtf", "no rich text"))).toContain(
      "a.rtf is damaged and cannot be read.",
    );
  });
});
