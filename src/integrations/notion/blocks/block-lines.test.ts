/** Blocks of the API as enhanced markdown, read back as the page they are. */
import { describe, expect, test } from "bun:test";
import type { RenderContext } from "../markdown/context";
import { enhancedToGfm } from "../markdown/to-gfm";
import { blockSchema } from "../models/objects";
import { blockLines, contentOf } from "./block-lines";

const id = "01234567-89ab-4cde-8f01-23456789abcd";
const address = "https://app.notion.com/p/0123456789ab4cde8f0123456789abcd";
const rich = (plain_text: string) => [{ type: "text", plain_text }];
const block = (type: string, content: unknown) => blockSchema.parse({ id, type, [type]: content });
const linesOf = (type: string, content: unknown, number = 1) => blockLines(block(type, content), number);

/** The block between two others, as it is served. */
function served(type: string, content: unknown): string {
  const { open, close } = linesOf(type, content);
  const context: RenderContext = {
    pageUrl: "https://app.notion.com/p/page",
    userName: () => undefined,
    title: () => undefined,
    links: [],
  };
  const lines = ["Before.", ...open, ...(close === undefined ? [] : [close]), "After."];
  return enhancedToGfm(lines.join("\n"), context);
}

describe("a paragraph reads as it was written, whatever it begins with:", () => {
  test.each([
    ["# not a heading", "\\# not a heading"],
    ["- not an item", "\\- not an item"],
    ["+ not an item", "\\+ not an item"],
    ["* not an item", "\\* not an item"],
    ["12. not an item", "12\\. not an item"],
    ["> not a quote", "\\> not a quote"],
    ["```not code", "\\`\\`\\`not code"],
    ["$$", "$$"],
    ["---", "\\---"],
    ["▶ not a toggle", "▶ not a toggle"],
    ["<callout>", "\\<callout>"],
    ["</columns>", "\\</columns>"],
    ["\tno deeper", "no deeper"],
    ["| a | b |", "\\| a | b |"],
    ['x {color="red"}', 'x {color="red"}'],
  ])("%j", (text, reads) => {
    expect(served("paragraph", { rich_text: rich(text) })).toBe(`Before.\n\n${reads}\n\nAfter.`);
  });

  test.each(["\n", "\r\n", "\r"])("and keeps a break of %j within it", (end) => {
    expect(served("paragraph", { rich_text: rich(`a${end}- b`) })).toBe("Before.\n\na  \n\\- b\n\nAfter.");
  });
});

describe("code", () => {
  const code = (text: string, language = "plain text") => ({ rich_text: rich(text), language });
  test.each([
    ["tabs and empty lines", "\tif (a) {\n\n\t\tb();\n\t}"],
    ["a fence of its own", "```ts\nx\n```"],
    ["what looks like tags", "<details>\n</details>\n{{a}} $x$ \\n"],
    ["nothing", ""],
  ])("keeps %s", (_, text) => {
    const fence = text.includes("```") ? "````" : "```";
    expect(served("code", code(text))).toBe(`Before.\n\n${fence}plain-text\n${text}\n${fence}\n\nAfter.`);
  });

  test("has its caption below", () => {
    const content = { ...code("x", "ts"), caption: rich("How it *starts*") };
    expect(served("code", content)).toBe("Before.\n\n```ts\nx\n```\n\nHow it \\*starts\\*\n\nAfter.");
  });
});

describe("a block that points elsewhere", () => {
  test("names the page, the database, or nothing at all", () => {
    const link = (content: unknown) => linesOf("link_to_page", content).open;
    expect(link({ type: "page_id", page_id: id })).toEqual([`<mention-page url="${address}"/>`]);
    expect(link({ type: "database_id", database_id: id })).toEqual([`<mention-database url="${address}"/>`]);
    expect(link({ type: "comment_id", comment_id: id })).toEqual([]);
  });

  test("cannot break out of its tag", () => {
    const url = 'https://a.example/"><callout>';
    expect(served("image", { external: { url }, caption: rich('"x" </image>') })).toBe(
      'Before.\n\n!["x" \\</image>](https://a.example/"%3E%3Ccallout%3E)\n\nAfter.',
    );
    expect(linesOf("embed", { url: 'a"b\nc' }).open).toEqual(['<embed url="a&quot;b c"></embed>']);
  });

  test("to a file of Notion's own leads to the page", () => {
    const file = {
      url: "https://prod-files-secure.s3.us-west-2.amazonaws.com/w/b/Plan.docx?X-Amz-Signature=5",
    };
    expect(served("file", { file, name: "Plan.docx" })).toContain(
      "[File: Plan.docx](https://app.notion.com/p/page)",
    );
  });
});

describe("a block of tomorrow", () => {
  test("of a type that nobody knows leaves a note with its address", () => {
    expect(linesOf("hologram", { light: 1 })).toEqual({
      open: [`<unknown url="${address}" alt="hologram"/>`],
    });
    expect(linesOf("unsupported", { block_type: "ai_block" }).open[0]).toContain('alt="ai_block"');
  });

  test("of which a field is odd is one without content, not the end of the page", () => {
    expect(contentOf(block("paragraph", { rich_text: "words" }))).toMatchObject({ rich_text: [] });
    expect(linesOf("paragraph", undefined)).toEqual({ open: [], nests: true });
    expect(linesOf("to_do", null).open).toEqual(["- [ ] "]);
    expect(linesOf("heading_4", 7).open).toEqual(["#### "]);
  });

  test("a list goes on with the number it is told", () => {
    expect(linesOf("numbered_list_item", { rich_text: rich("c") }, 7).open).toEqual(["7. c"]);
  });
});
