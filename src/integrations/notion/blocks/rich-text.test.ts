import { describe, expect, test } from "bun:test";
import type { RenderContext } from "../markdown/context";
import { inlineToGfm } from "../markdown/inline";
import { richTextSchema } from "../models/objects";
import { escapeEnhanced, plainText, richTextToEnhanced } from "./rich-text";

const page = "https://app.notion.com/p/0123456789abcdef0123456789abcdef";
const ann = "00000000-0000-4000-8000-0000000000aa";

interface Marks {
  bold?: boolean;
  italic?: boolean;
  strikethrough?: boolean;
  underline?: boolean;
  code?: boolean;
}

const said = (text: string, annotations: Marks = {}, href?: string) => ({
  type: "text",
  plain_text: text,
  annotations,
  ...(href === undefined ? {} : { href }),
});
const mention = (type: string, value: unknown, text = "", href?: string) => ({
  type: "mention",
  plain_text: text,
  mention: { type, [type]: value },
  ...(href === undefined ? {} : { href }),
});
const parsed = (items: readonly unknown[]) => items.map((item) => richTextSchema.parse(item));
const enhanced = (...items: unknown[]) => richTextToEnhanced(parsed(items));

/** What a reader gets in the end. */
function gfm(...items: unknown[]): string {
  const context: RenderContext = {
    pageUrl: page,
    userName: (id) => (id === ann.replaceAll("-", "") ? "Ann Lee" : undefined),
    title: () => undefined,
    links: [],
  };
  return inlineToGfm(enhanced(...items), context);
}

describe("words of the block API", () => {
  const cases: [string, unknown[], string][] = [
    ["plain", [said("a_b * c")], "a_b * c"],
    [
      "that look like markup stay words",
      [said("[x](y) *z* `w` <b> $5$ {c} | ^ ~")],
      "\\[x\\](y) \\*z\\* \\`w\\` \\<b> $5$ {c} | ^ \\~",
    ],
    ["bold", [said("b", { bold: true })], "**b**"],
    ["italic", [said("i", { italic: true })], "*i*"],
    ["struck", [said("s", { strikethrough: true })], "~~s~~"],
    ["underlined: nothing in GFM", [said("u", { underline: true })], "u"],
    ["code, verbatim", [said("a*b_`c`", { code: true })], "`` a*b_`c` ``"],
    ["all at once", [said("x", { bold: true, italic: true, strikethrough: true })], "~~***x***~~"],
    ["marks keep off the blanks around", [said(" b ", { bold: true }), said("c")], " **b** c"],
    ["blanks alone carry no mark", [said("a"), said("  ", { bold: true }), said("b")], "a  b"],
    ["a link", [said("tides", {}, "https://a.example/x")], "[tides](https://a.example/x)"],
    [
      "a link with brackets and blanks",
      [said("t", {}, "https://a.example/x (1)")],
      "[t](https://a.example/x%20%281%29)",
    ],
    ["a link in bold", [said("t", { bold: true }, "https://a.example")], "[**t**](https://a.example)"],
    ["a link that runs code leads to the page", [said("t", {}, "javascript:alert(1)")], `[t](${page})`],
    ["a line break", [said("a\nb")], "a\nb"],
    [
      "an equation",
      [{ type: "equation", plain_text: "x", equation: { expression: "a_b^2*c" } }],
      "$a_b^2*c$",
    ],
    ["none", [], ""],
    ["of a kind of tomorrow", [{ type: "hologram", plain_text: "light *x*" }], "light \\*x\\*"],
    ["without anything", [{}], ""],
  ];
  test.each(cases)("%s", (_name, items, reads) => {
    expect(gfm(...items)).toBe(reads);
  });

  test("are had without any markup, too", () => {
    expect(
      plainText(parsed([said("a ", { bold: true }), mention("user", { id: ann }, "@Ann"), said(" *b*")])),
    ).toBe("a @Ann *b*");
  });

  test("survive the way through enhanced markdown, whatever their characters", () => {
    const nasty = '\\ * ~ ` $ [ ] < > { } | ^ \\* $`x`$ <br> </page> {color="red"} ![a](b)';
    const visible = gfm(said(nasty)).replaceAll(/\\([!-/:-@[-`{-~])/g, "$1");
    expect(visible).toBe(nasty);
    expect(escapeEnhanced("a\nb")).toBe("a<br>b");
  });
});

describe("mentions of the block API", () => {
  const cases: [string, unknown, string][] = [
    ["a person by the name that Notion writes", mention("user", { id: "x" }, "@Bo"), "@Bo"],
    ["a person by the name that is known", mention("user", { id: ann }), "@Ann Lee"],
    ["a person nobody knows", mention("user", { id: "x" }), "@someone (user not known)"],
    [
      "a page",
      mention("page", { id: ann }, "Tides"),
      `[Tides](https://app.notion.com/p/${ann.replaceAll("-", "")})`,
    ],
    [
      "a page without a title",
      mention("page", { id: ann }),
      `[a page](https://app.notion.com/p/${ann.replaceAll("-", "")})`,
    ],
    [
      "a database",
      mention("database", { id: ann }, "Parts"),
      `[Parts](https://app.notion.com/p/${ann.replaceAll("-", "")})`,
    ],
    ["a day", mention("date", { start: "2026-05-15" }), "2026-05-15"],
    [
      "a stretch of time",
      mention("date", { start: "2026-05-15", end: "2026-05-16", time_zone: "Europe/Berlin" }),
      "2026-05-15 → 2026-05-16 (Europe/Berlin)",
    ],
    [
      "a link's preview",
      mention("link_preview", { url: "https://c.example/1" }, "Issue 1"),
      "[Issue 1](https://c.example/1)",
    ],
    [
      "a link with a title",
      mention("link_mention", { href: "https://c.example/1", title: "One (1)" }, "x"),
      "[One (1)](https://c.example/1)",
    ],
    [
      "an emoji of their own",
      mention("custom_emoji", { id: ann, name: "crane", url: "https://a.example/crane.png" }, ":crane:"),
      ":crane:",
    ],
    ["a template's day", mention("template_mention", { type: "template_mention_date" }, "@Today"), "@Today"],
    ["what comes tomorrow", mention("hologram", { id: ann }, "Light"), "Light"],
    [
      "what comes tomorrow with an address",
      mention("hologram", {}, "Light", "https://a.example"),
      "[Light](https://a.example)",
    ],
  ];
  test.each(cases)("%s", (_name, item, reads) => {
    expect(gfm(item)).toBe(reads);
  });
});
