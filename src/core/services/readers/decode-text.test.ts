import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { decodeText } from "./decode-text";

const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const utf16 = (text: string, swap = false) => {
  const bytes = Buffer.from(text, "utf16le");
  return new Uint8Array(swap ? bytes.swap16() : bytes);
};
const JAPANESE = "93fa967b8cea82cc8365834c8358836782c582b78142"; // 日本語のテキストです。

describe("decoding a text of unknown charset", () => {
  test("a byte order mark decides and is not part of the text", () => {
    expect(decodeText(new TextEncoder().encode("\ufeffGrüße"))).toEqual({ text: "Grüße", charset: "utf-8" });
    expect(decodeText(utf16("\ufeffGrüße"))).toEqual({ text: "Grüße", charset: "utf-16le" });
    expect(decodeText(utf16("\ufeff日本語", true))).toEqual({ text: "日本語", charset: "utf-16be" });
  });

  test("UTF-16 without a mark is known by its zero bytes", () => {
    expect(decodeText(utf16("Quarterly report\r\nRevenue"))).toEqual({
      text: "Quarterly report\nRevenue",
      charset: "utf-16le",
    });
    expect(decodeText(utf16("Quarterly report", true)).charset).toBe("utf-16be");
  });

  test("Shift-JIS is recognised", () => {
    expect(decodeText(new Uint8Array(Buffer.from(JAPANESE, "hex")))).toEqual({
      text: "日本語のテキストです。",
      charset: "shift_jis",
    });
  });

  test("a western text from Windows keeps its accents, quotes and currency", () => {
    expect(decodeText(latin1("Caf\xe9 \x93quoted\x94 na\xefve r\xe9sum\xe9 \x80 50"))).toEqual({
      text: "Café “quoted” naïve résumé € 50",
      charset: "windows-1252",
    });
    expect(decodeText(latin1("Caf\xe9")).text).toBe("Café");
  });

  test("Polish from Windows is told from Czech of the standard that is like it", () => {
    const polish =
      "Spotkanie odb\xeadzie si\xea w pi\xb9tek w drugiej sali, kt\xf3ra le\xbfy obok wsp\xf3\xb3nej kuchni.";
    expect(decodeText(latin1(polish))).toEqual({
      text: "Spotkanie odbędzie się w piątek w drugiej sali, która leży obok współnej kuchni.",
      charset: "windows-1250",
    });
    const czech =
      "V\xe1\xbeen\xed kolegov\xe9, sch\xf9zka se kon\xe1 v p\xe1tek, pro\xb9\xedm p\xf8e\xe8t\xecte si podklady.";
    expect(decodeText(latin1(czech)).text).toBe(
      "Vážení kolegové, schůzka se koná v pátek, proším přečtěte si podklady.",
    );
  });

  test("a charset that the file declares is believed when the bytes are not UTF-8", () => {
    const greek = new Uint8Array([0xca, 0xe1, 0xeb, 0xe7]);
    expect(decodeText(greek, { declared: "iso-8859-7" }).text).toBe("Καλη");
    expect(decodeText(new TextEncoder().encode("Καλη"), { declared: "iso-8859-7" }).text).toBe("Καλη");
    expect(decodeText(greek, { declared: "no-such-charset" }).text).not.toBe("");
  });

  test("a few wrong bytes in UTF-8 become U+FFFD and the rest stays", () => {
    const bytes = Buffer.concat([
      Buffer.from("Grüße aus Köln, schöne Tage: "),
      Buffer.from([0xff, 0xc3, 0x20]),
    ]);
    expect(decodeText(bytes).text).toBe("Grüße aus Köln, schöne Tage: \ufffd\ufffd ");
  });

  test("a character that the cut divides is left out", () => {
    const bytes = new TextEncoder().encode("Grüß").slice(0, -1);
    expect(decodeText(bytes, { truncated: true })).toEqual({ text: "Grü", charset: "utf-8" });
  });

  test("NULs go, line ends become LF, and the same text in is the same text out", () => {
    expect(decodeText(new TextEncoder().encode("a\0b\r\nc\rd\n")).text).toBe("ab\nc\nd\n");
    expect(decodeText(new Uint8Array())).toEqual({ text: "", charset: "utf-8" });
  });

  test("no bytes make it throw, and what comes out is always well-formed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, truncated) => {
        const { text } = decodeText(bytes, { truncated });
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\0\r]/);
      }),
    );
  });
});
