import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { chunkMarkdown } from "./chunk";
import { countWords } from "./words";
import { cpuTimeOf } from "@test/cpu-time";

const words = (count: number, word = "word") =>
  Array.from({ length: count }, (_, i) => `${word}${i}`).join(" ");

describe("chunkMarkdown", () => {
  test("a short text is one chunk with its lines", () => {
    expect(chunkMarkdown("one\ntwo\n\nthree\n")).toEqual([
      { ordinal: 0, startLine: 1, endLine: 4, heading: null, text: "one\ntwo\n\nthree" },
    ]);
  });

  test("nothing but blanks has no chunks", () => {
    expect(chunkMarkdown(" \n\t\n \n")).toEqual([]);
    expect(chunkMarkdown("")).toEqual([]);
  });

  test("cuts at a heading rather than at a paragraph, and keeps the path", () => {
    const markdown = `# Guide\n\n${words(140)}\n\n## Setup\n\n${words(90)}\n\n${words(90)}\n\n${words(60)}`;
    const chunks = chunkMarkdown(markdown);
    expect(chunks.map((chunk) => chunk.heading)).toEqual(["Guide", "Guide > Setup"]);
    expect(chunks[1]?.text.startsWith("## Setup")).toBe(true);
  });

  test("a deeper heading is left when a higher one comes", () => {
    const markdown = `# A\n${words(200)}\n## B\n${words(200)}\n# C\n${words(200)}`;
    expect(chunkMarkdown(markdown).map((chunk) => chunk.heading)).toEqual(["A", "A > B", "C"]);
  });

  test("a conversation is cut between turns", () => {
    const markdown = Array.from({ length: 30 }, (_, i) => `Speaker ${i % 2}: ${words(20)}`).join("\n");
    for (const chunk of chunkMarkdown(markdown)) expect(chunk.text).toMatch(/^Speaker \d: /);
  });

  test("turns with a time before the name are turns, whose further lines stay with them", () => {
    const turn = (_: unknown, i: number) =>
      `12/03/2024, 10:${10 + i} - Ann: ${words(9)}${`\n${words(13)}`.repeat(4)}`;
    const chunks = chunkMarkdown(Array.from({ length: 30 }, turn).join("\n"));
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) expect(chunk.text).toMatch(/^12\/03\/2024, 10:\d\d - Ann: /);
  });

  test("a code fence stays whole up to twice the size", () => {
    const fence = ["```ts", ...Array.from({ length: 100 }, () => "call one two three"), "```"].join("\n");
    const chunks = chunkMarkdown(`${words(200)}\n\n${fence}\n\n${words(200)}`);
    const withFence = chunks.filter((chunk) => chunk.text.includes("```"));
    expect(withFence.map((chunk) => chunk.text)).toEqual([fence]);
  });

  test("a longer fence is cut at its lines, and headings inside are no headings", () => {
    const lines = Array.from({ length: 300 }, (_, i) => `# comment number ${i} here`);
    const chunks = chunkMarkdown(["```sh", ...lines, "```"].join("\n"));
    expect(chunks.length).toBeGreaterThan(2);
    for (const chunk of chunks) {
      expect(chunk.heading).toBeNull();
      expect(chunk.text).toMatch(/^(```|# comment)/);
    }
  });

  test("one very long line is cut at sentences and keeps its line number", () => {
    const line = Array.from({ length: 60 }, (_, i) => `Sentence number ${i} says a few words.`).join(" ");
    const chunks = chunkMarkdown(`intro\n\n${line}`);
    expect(chunks.length).toBeGreaterThan(1);
    for (const chunk of chunks) expect(chunk.text.trimEnd()).toMatch(/\.$/);
    expect(chunks.at(-1)).toMatchObject({ startLine: 3, endLine: 3 });
  });

  test("text without any spaces is still cut", () => {
    const chunks = chunkMarkdown("QUJD".repeat(10_000));
    expect(chunks.length).toBeGreaterThan(5);
    expect(Math.max(...chunks.map((chunk) => chunk.text.length))).toBeLessThan(5_000);
  });

  test("Chinese text is measured in words, not in spaces", () => {
    const chunks = chunkMarkdown("我们今天讨论了预算和招聘计划。".repeat(200));
    for (const chunk of chunks) expect(countWords(chunk.text)).toBeLessThanOrEqual(330);
    expect(chunks.length).toBeGreaterThan(4);
  });

  test("a megabyte is cut within seconds", async () => {
    const markdown = `${words(20)}\n\n`.repeat(8_000);
    expect(await cpuTimeOf(() => chunkMarkdown(markdown))).toBeLessThan(3_000);
  });

  test("a heading with a long run of blanks in it is cut at once", async () => {
    const markdown = `# a${" ".repeat(4_000)}b\n\ntext`;
    expect(await cpuTimeOf(() => chunkMarkdown(markdown))).toBeLessThan(1_000);
  });
});

const line = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }).map((text) => text.replaceAll("\r", " ")),
  fc.constantFrom("# Heading", "## Deeper", "```", "~~~js", "", "Ann: hello there", "- item", "| a | b |"),
  fc.integer({ min: 1, max: 60 }).map((count) => words(count)),
  fc.constantFrom("😀😀😀", "我喜欢学习。", "ฉันรักภาษาไทย"),
);
const document = fc.array(line, { maxLength: 40 }).map((lines) => lines.join("\n"));

describe("every chunking", () => {
  test("covers all text once, in order, on the lines it says", () => {
    fc.assert(
      fc.property(document, fc.integer({ min: 3, max: 60 }), (markdown, target) => {
        const lines = markdown.split("\n");
        let from = 0;
        for (const chunk of chunkMarkdown(markdown, target)) {
          const at = markdown.indexOf(chunk.text, from);
          expect(at).toBeGreaterThanOrEqual(from);
          expect(markdown.slice(from, at).trim()).toBe("");
          expect(markdown.slice(0, at).split("\n").length).toBe(chunk.startLine);
          expect(markdown.slice(0, at + chunk.text.length).split("\n").length).toBe(chunk.endLine);
          expect(chunk.endLine).toBeLessThanOrEqual(lines.length);
          from = at + chunk.text.length;
        }
        expect(markdown.slice(from).trim()).toBe("");
      }),
      { numRuns: 300 },
    );
  });

  test("splits no code point", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 200, maxLength: 800 }), (text) => {
        for (const chunk of chunkMarkdown(text.replaceAll(/\s/g, ""), 3)) {
          expect(chunk.text.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
