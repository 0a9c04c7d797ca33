import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { fileOf, readWhole } from "./fixtures";
import { htmlToMarkdown } from "./html";
import { readDocument } from "./read-document";
import { cpuTimeOf } from "@test/cpu-time";

const page = (body: string, head = "") =>
  `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
const markdownOf = async (body: string) => (await readWhole("a.html", page(body))).markdown;

describe("web pages", () => {
  test("become headings, lists, tables, code and links", async () => {
    const markdown = await markdownOf(
      "<h1>Head</h1><p>Some <b>bold</b> <a href='https://a.b/c?d=e'>link</a>.</p>" +
        "<ol start=3><li>three<ul><li>deep</ul></ol><table><tr><th>a<th>b|c<tr><td>1<td>2</table>" +
        "<pre><code class='language-ts'>const a = 1;\n  b</code></pre><img src='/a.png' alt='picture'>",
    );
    expect(markdown).toBe(
      "# Head\n\nSome **bold** [link](https://a.b/c?d=e).\n\n3. three\n   - deep\n\n" +
        "| a | b\\|c |\n| - | ---- |\n| 1 | 2 |\n\n".replace("----", "-") +
        "```ts\nconst a = 1;\n  b\n```\n\n![picture](/a.png)",
    );
  });

  test("keep what stands beside a cell over several rows or columns below its own head", async () => {
    const markdown = await markdownOf(
      "<table><tr><th>Region<th>Month<th>Sum<tr><td rowspan=2>North<td>Jan<td>5<tr><td>Feb<td>7" +
        "<tr><td colspan=2>All<td>12</table>",
    );
    expect(markdown).toBe(
      "| Region | Month | Sum |\n| - | - | - |\n| North | Jan | 5 |\n| | Feb | 7 |\n| All | | 12 |",
    );
  });

  test("tell their title, author, date, address and language", async () => {
    const head =
      "<title>The &amp; title</title><meta name=author content='Ada'><meta property='og:title' content='x'>" +
      "<link rel=canonical href='https://example.com/a'><meta name=description content='About it'>" +
      "<meta property='article:published_time' content='2026-05-01T09:00:00+02:00'>";
    expect(await readWhole("a.html", page("<p>x</p>", head))).toMatchObject({
      title: "The & title",
      author: "Ada",
      artifactDate: "2026-05-01T07:00:00.000Z",
      url: "https://example.com/a",
      metadata: { lang: "en", description: "About it" },
    });
    expect((await readWhole("a.html", page("<h1>From <i>h1</i></h1>"))).title).toBe("From h1");
  });

  test("lose scripts, styles, controls, hidden parts, script links and embedded data", async () => {
    const markdown = await markdownOf(
      "<script>alert(1)</script><style>p{}</style><p>Seen<button>Press</button><span hidden>no</span>" +
        "<span style='display: none'>no</span> <a href=' java\tscript:alert(1)'>words</a>" +
        "<img src='data:image/png;base64,xx' alt='chart'><svg><title>no</title></svg></p>",
    );
    expect(markdown).toBe("Seen wordschart");
  });

  test("are taken by their main part, without navigation around it", async () => {
    const main = `<main><h1>Topic</h1><p>${"Words of the article. ".repeat(10)}</p></main>`;
    const around = "<nav><a href='/'>Home</a></nav><header>Company</header><footer>Imprint</footer>";
    expect(await markdownOf(around + main)).toStartWith("# Topic\n\nWords");
    expect(await markdownOf(`${around}<p>Only text</p>`)).toBe("Company\n\nOnly text");
    expect(await markdownOf("<nav><ul><li><a href='/a'>A</a></ul></nav>")).toBe("- [A](/a)");
  });

  test("in an old charset are read as they declare", async () => {
    const bytes = Buffer.from("<meta charset=windows-1251><p>\xcf\xf0\xe8\xe2\xe5\xf2</p>", "latin1");
    const read = await readWhole("a.html", bytes);
    expect(read).toMatchObject({ markdown: "Привет", metadata: { charset: "windows-1251" } });
  });
});

const quick = async (html: string) => {
  let markdown: string | undefined;
  const took = await cpuTimeOf(async () => {
    markdown = (await readDocument(fileOf("a.html", html)))?.markdown;
  });
  expect(took).toBeLessThan(5_000);
  return markdown;
};

describe("hostile pages", () => {
  test("cells that claim to span 60,000 rows and columns are taken for as many as there is room for", async () => {
    const cell = "<td rowspan=60000 colspan=60000>word";
    const markdown = (await quick(`<table>${`<tr>${cell}`.repeat(100)}</table>`)) ?? "";
    expect(markdown.match(/word/g)).toHaveLength(100);
    expect(markdown.length).toBeLessThan(1_000_000);
  });

  test("10,000 nested elements of any kind keep their text", async () => {
    for (const tag of ["div", "ul><li", "table><tr><td", "blockquote", "b><i", "a href=x><p", "h1", "p"]) {
      expect(await quick(`<${tag}>`.repeat(10_000) + "hello")).toContain("hello");
    }
  });

  test("a million open or stray tags end in time", async () => {
    expect(await quick("<div>".repeat(300_000) + "</b>".repeat(300_000))).toContain("Cut here");
    expect(await quick("<".repeat(300_000))).not.toBe("");
    expect(await quick(`<td colspan=999999999>x`)).toContain("x");
    expect(await quick(`<table><tr><td colspan=999999999>x</table>`)).toContain("x");
  });
});

const shown = (markdown: string) =>
  renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, markdown))
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&");

const convert = (text: string) => {
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return htmlToMarkdown(fileOf("a.html", ""), `<p>${html}</p>`).trim();
};

describe("text that looks like markup", () => {
  test("stays readable for search: words and addresses carry no backslashes", () => {
    const text = "snake_case and ada_b@example.com at https://x.y/a_b, 2 * 3 (a|b) C# 5.";
    expect(convert(text)).toBe(text);
  });

  test("is escaped where it would be taken for markup", () => {
    expect(convert("# no")).toBe("\\# no");
    expect(convert("1. no")).toBe("1\\. no");
    expect(convert("a **b** `c` [d](e) <f> _g_")).toBe("a \\*\\*b\\*\\* \\`c\\` \\[d\\](e) \\<f> \\_g\\_");
  });

  test("shows again exactly what was written", () => {
    const piece = fc.constantFrom(
      ..."ab1 *_`[]()<>#-+.!|~&;\\=:/@".split(""),
      "word",
      " ",
      "**",
      "~~",
      "&amp;",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join("").replaceAll(/\s+/g, " ").trim();
        expect(shown(convert(text))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
