import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { parseQuery } from "./query";
import { snippetOf } from "./snippet";

const rarityOf = (query: string) => new Map(parseQuery(query).terms.map((term) => [term.stem, 1]));

describe("snippetOf", () => {
  test("shows a short text whole", () => {
    expect(snippetOf("Keys are rotated monthly.", rarityOf("rotating key"))).toEqual({
      text: "Keys are rotated monthly.",
      highlights: [
        { start: 0, end: 4 },
        { start: 9, end: 16 },
      ],
      firstLine: 0,
      lastLine: 0,
    });
  });

  test("shows the passage where the words stand closest", () => {
    const text = `keys ${"filler words here ".repeat(60)}we rotate keys here ${"and more ".repeat(60)}`;
    const snippet = snippetOf(text, rarityOf("rotate keys"));
    expect(snippet.text).toContain("we rotate keys here");
    expect(snippet.text.length).toBeLessThanOrEqual(300);
  });

  test("is marked at the ends where the text goes on, and nowhere else", () => {
    const filler = "other words ".repeat(60).trim();
    const cut = (text: string) => snippetOf(text, rarityOf("needle")).text.replace(/[^…]+/g, "_");
    expect(cut(`${filler} needle ${filler}`)).toBe("…_…");
    expect(cut(`needle ${filler}`)).toBe("_…");
    expect(cut(`${filler} needle`)).toBe("…_");
    expect(cut("the needle alone\n")).toBe("_");
    const { text, highlights } = snippetOf(`${filler} needle ${filler}`, rarityOf("needle"));
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(["needle"]);
  });

  test("shows what a query without words looks for", () => {
    const text = `${"filler words ".repeat(60)}we ship it 🚀 today ${"and more ".repeat(60)}`;
    const snippet = snippetOf(text, new Map(), ["🚀"]);
    expect(snippet.text).toContain("we ship it 🚀 today");
    expect(snippet.highlights.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(["🚀"]);
  });

  test("counts the lines it covers", () => {
    const text = Array.from({ length: 60 }, (_, i) => `line number ${i} of the page`).join("\n");
    const snippet = snippetOf(`${text}\nthe needle\nafter`, rarityOf("needle"));
    expect(snippet.firstLine).toBeGreaterThan(40);
    expect(snippet.lastLine).toBeGreaterThanOrEqual(60);
  });

  test("starts at the beginning when nothing matches", () => {
    expect(snippetOf(`Opening words. ${"x ".repeat(400)}`, new Map()).text).toStartWith("Opening words.");
  });

  test("is short and well formed, and highlights lie inside, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 900 }),
        fc.string({ unit: "grapheme" }),
        (text, query) => {
          const snippet = snippetOf(text, rarityOf(query));
          expect(snippet.text.length).toBeLessThanOrEqual(300);
          expect(snippet.text.isWellFormed()).toBe(true);
          let end = 0;
          for (const highlight of snippet.highlights) {
            expect(highlight.start).toBeGreaterThanOrEqual(end);
            expect(highlight.end).toBeGreaterThan(highlight.start);
            end = highlight.end;
          }
          expect(end).toBeLessThanOrEqual(snippet.text.length);
          expect(snippet.lastLine).toBeLessThanOrEqual(text.split("\n").length - 1);
        },
      ),
    );
  });
});
