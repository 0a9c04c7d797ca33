import { describe, expect, test } from "bun:test";
import { ItemError } from "@/core/models/errors";
import { htmlText } from "@/core/services/readers/html-text";
import { adfSchema } from "../models/adf";
import { adfToHtml } from "./adf";

const doc = (...content: unknown[]) => adfSchema.parse({ type: "doc", version: 1, content });
const paragraph = (...content: unknown[]) => ({ type: "paragraph", content });
const text = (words: string, ...marks: unknown[]) => ({ type: "text", text: words, marks });
const markdownOf = (...content: unknown[]) =>
  htmlText(adfToHtml(doc(...content)), { name: "text", level: 2, signal: new AbortController().signal });

describe("text of Jira", () => {
  test("keeps marks, the outermost link included", async () => {
    const link = { type: "link", attrs: { href: "https://acme.example/a" } };
    const marks = [{ type: "strong" }, link, { type: "textColor", attrs: { color: "#ff0000" } }];
    const shown = await markdownOf(
      paragraph(text("bold", ...marks), text(" and "), text("a < b", { type: "code" })),
    );
    expect(shown).toBe("[**bold**](https://acme.example/a) and `a < b`");
  });

  test("shows people, days, states, emoji and cards in words", async () => {
    const inline = [
      { type: "mention", attrs: { id: "1", text: "@Ana" } },
      { type: "date", attrs: { timestamp: "1767225600000" } },
      { type: "date", attrs: { timestamp: "some day" } },
      { type: "emoji", attrs: { shortName: ":odd:" } },
      { type: "inlineCard", attrs: { url: "https://acme.example/x" } },
      { type: "mention", attrs: {} },
    ];
    const spaced = inline.flatMap((node) => [node, text(" ")]);
    expect(await markdownOf(paragraph(...spaced))).toBe(
      "@Ana 2026-01-01 some day :odd: <https://acme.example/x> @somebody",
    );
  });

  test("names files that stand side by side one by one", async () => {
    const file = (alt: string) => ({ type: "media", attrs: { type: "file", id: alt, alt } });
    expect(await markdownOf({ type: "mediaGroup", content: [file("a.pdf"), file("b.pdf")] })).toBe(
      "a.pdf\n\nb.pdf",
    );
    const caption = { type: "caption", content: [text("North side")] };
    expect(await markdownOf({ type: "mediaSingle", content: [file("gate.png"), caption] })).toBe(
      "gate.png\n\nNorth side",
    );
  });

  test("keeps what unknown kinds hold, and leaves out what is no node", async () => {
    const unknown = {
      type: "bodiedExtension",
      attrs: { key: 7 },
      content: [paragraph(text("within")), 5, { odd: 1 }],
    };
    expect(await markdownOf(unknown, { type: "syncBlock" }, paragraph(text("after")))).toBe(
      "within\n\nafter",
    );
    expect(adfToHtml(adfSchema.parse("plain"))).toBe("");
    expect(adfToHtml(null)).toBe("");
  });

  test("of people does nothing: tags stay words, links to scripts lose their address", async () => {
    const script = { type: "link", attrs: { href: "javascript:alert(1)" } };
    const card = { type: "inlineCard", attrs: { url: "data:text/html,<script>1</script>" } };
    const code = {
      type: "codeBlock",
      attrs: { language: '"><img src=x>' },
      content: [text("</code></pre><b>")],
    };
    const html = adfToHtml(doc(paragraph(text("<img src=x onerror=y>"), text("go", script), card), code));
    expect(html).not.toMatch(/<(?!\/?(?:p|pre|code)>)/);
    expect(html).not.toContain("href");
    expect(await markdownOf(code)).toBe("```\n</code></pre><b>\n```");
  });

  test("that is nested deeper than anybody writes is refused in words", () => {
    let node: unknown = paragraph(text("deep"));
    for (let depth = 0; depth < 5_000; depth++) node = { type: "blockquote", content: [node] };
    expect(() => adfToHtml(doc(node))).toThrow(ItemError);
  });
});
