import { describe, expect, test } from "bun:test";
import type { RenderContext } from "./context";
import { enhancedToGfm } from "./to-gfm";

const page = "https://app.notion.com/p/0123456789abcdef0123456789abcdef";
const other = "fedcba9876543210fedcba9876543210";

function context(): RenderContext {
  return {
    pageUrl: page,
    userName: (id) => (id === other ? "Ann Lee" : undefined),
    title: (id) => (id === other ? "Tide *table*" : undefined),
    links: [],
  };
}

const render = (enhanced: string) => enhancedToGfm(enhanced, context());

describe("blocks", () => {
  const cases: [string, string, string][] = [
    ["paragraphs stand apart", "One\nTwo", "One\n\nTwo"],
    ["headings go one level down", "# A\n#### D", "## A\n\n##### D"],
    ["colours and toggles of headings go", '## A {toggle="true" color="blue"}\n\tInside', "### A\n\nInside"],
    ["lists nest", "- a\n\t- b\n\t\t1. c\n- d", "- a\n  - b\n    1. c\n- d"],
    ["paragraphs of an item stay in it", "1. a\n\tmore\n2. b", "1. a\n\n   more\n2. b"],
    ["to-dos keep their mark", "- [ ] a\n- [X] b", "- [ ] a\n- [x] b"],
    ["quotes", "> a<br>b\n\t- c", "> a  \n> b\n>\n> - c"],
    ["dividers", "a\n---\nb", "a\n\n---\n\nb"],
    [
      "code is verbatim",
      '\t```ts {color="red"}\n\t<b> \\* **x**\n\n\t\tdeep\n\t```',
      "```ts\n<b> \\* **x**\n\n\tdeep\n```",
    ],
    ["code with fences in it", "````\n```\nx\n```\n````", "````\n```\nx\n```\n````"],
    ["equations", "$$\nx^2\n$$", "$$\nx^2\n$$"],
    ["empty blocks leave nothing", "a\n<empty-block/>\n<table_of_contents/>\nb", "a\n\nb"],
    [
      "toggles",
      '<details color="red">\n<summary>More</summary>\n\tInside\n\t- x\n</details>',
      "- **More**\n\n  Inside\n\n  - x",
    ],
    ["old toggles", "▶ More\n\tInside\n▶## Head", "- **More**\n\n  Inside\n\n### Head"],
    [
      "callouts",
      '<callout icon="⚠️" color="red_bg">\n\tMind the **gap**\n\t- x\n</callout>',
      "> ⚠️ Mind the **gap**\n>\n> - x",
    ],
    ["callouts with drawn icons", '<callout icon="https://a.example/i.png">\n\tx\n</callout>', "> x"],
    ["columns", "<columns>\n\t<column>\n\t\tL\n\t</column>\n\t<column>R</column>\n</columns>", "L\n\nR"],
    ["tabs", '<tabs>\n\t<tab title="One">\n\t\ta\n\t</tab>\n</tabs>', "**One**\n\na"],
    ["synced blocks", `<synced_block url="${page}#${other}">\n\ta\n</synced_block>`, "a"],
    [
      "copies with a stray closing tag",
      `<synced_block_reference url="${page}">\n\ta\n\t</synced_block_reference>\n</synced_block_reference>\nb`,
      "a\n\nb",
    ],
    [
      "copies that are empty",
      `<synced_block_reference url="${page}">\n</synced_block_reference>`,
      `> Synced from [another page](${page}).`,
    ],
    [
      "pages and databases",
      `<page url="https://app.notion.com/p/${other}" color="red">Tides</page>\n<database url="https://app.notion.com/p/${other}" inline="true"></database>`,
      `- [Tides](https://app.notion.com/p/${other})\n- Database: [Tide \\*table\\*](https://app.notion.com/p/${other})`,
    ],
    [
      "meeting notes",
      "<meeting-notes>\n\tStandup\n\t<summary>\n\t\tShort\n\t</summary>\n\t<notes>\n\t\t- n\n\t</notes>\n\t<transcript>\n\t\tAnn: hello\n\t</transcript>\n</meeting-notes>",
      "**Meeting notes: Standup**\n\n**Summary**\n\nShort\n\n**Notes**\n\n- n\n\n**Transcript**\n\nAnn: hello",
    ],
    [
      "files by their page",
      '<file source="https://prod-files-secure.s3.us-west-2.amazonaws.com/a/Plan%20B.docx?X-Amz-Signature=x">The plan</file>\n<pdf source="https://a.example/x.pdf"></pdf>',
      `[File: The plan](${page})\n\n[PDF: x.pdf](https://a.example/x.pdf)`,
    ],
    [
      "embeds and bookmarks",
      '<embed url="https://a.example/map"></embed>\n<bookmark url="https://b.example">B</bookmark>',
      "[https://a.example/map](https://a.example/map)\n\n[B](https://b.example)",
    ],
    [
      "what Notion does not give",
      `<unknown url="${page}#${other}" alt="AI block"/>`,
      `> Not shown here: AI block. [Open in Notion](${page}#${other})`,
    ],
    [
      "callouts that begin with a table or a list, with their icon above it",
      '<callout icon="🌊">\n\t<table header-row="true">\n\t\t<tr>\n\t\t\t<td>a</td>\n\t\t</tr>\n\t</table>\n</callout>\n<callout icon="💡">\n\t- a\n</callout>',
      "> 🌊\n>\n> | a |\n> | --- |\n\n> 💡\n>\n> - a",
    ],
    [
      "lists in items: a number that is not 1 needs a blank line before",
      "- a\n\t3. b\n\t4. c\n- d\n\t1. e",
      "- a\n\n  3. b\n  4. c\n- d\n  1. e",
    ],
    ["items whose text begins with blanks", "-   a\n\t```\n\tb\n\t```", "- a\n\n  ```\n  b\n  ```"],
    [
      "captions with links by the words of these",
      `<file source="https://a.example/x.pdf">See [the map](https://a.example/m) of <mention-page url="${page}">Tides</mention-page></file>`,
      "[File: See the map of Tides](https://a.example/x.pdf)",
    ],
    ["unknown tags by what is in them", "<hologram>\n\tLight\n</hologram>", "Light"],
    ["tags that never close", "<callout>\n\ta\nb", "> a\n>\n> b"],
    ["closing tags without a beginning", "a\n</column>\nb", "a\n\nb"],
  ];
  for (const [name, enhanced, gfm] of cases) test(name, () => expect(render(enhanced)).toBe(gfm));

  test("tables with and without a header", () => {
    const rows =
      '\t<colgroup>\n\t\t<col>\n\t</colgroup>\n\t<tr>\n\t\t<td>A</td>\n\t\t<td>b\\|c</td>\n\t</tr>\n\t<tr color="red">\n\t\t<td>1<br>2</td>\n\t\t<td>**x**</td>\n\t</tr>';
    expect(render(`<table header-row="true">\n${rows}\n</table>`)).toBe(
      "| A | b\\|c |\n| --- | --- |\n| 1<br>2 | **x** |",
    );
    expect(render(`<table header-column="true">\n${rows}\n</table>`)).toBe(
      "|  |  |\n| --- | --- |\n| **A** | b\\|c |\n| **1<br>2** | **x** |",
    );
  });
});

describe("text", () => {
  const cases: [string, string, string][] = [
    ["escapes that GFM does not need go", "a\\$b \\{c\\} x\\^2 \\| y", "a$b {c} x^2 | y"],
    ["escapes that GFM needs stay", "\\*a\\* \\[b\\]\\(c\\) \\`d\\`", "\\*a\\* \\[b\\](c) \\`d\\`"],
    ["words with underscores", "snake_case_name", "snake_case_name"],
    ["marks", "**b** *i* ~~s~~ `c*d`", "**b** *i* ~~s~~ `c*d`"],
    ["underline and colour", 'a <span underline="true">b</span> <span color="red">c</span>', "a b c"],
    ["equations", "so $`a_b*c`$ holds", "so $a_b*c$ holds"],
    ["money is no equation", "\\$5 and \\$6", "$5 and $6"],
    ["links", "[a **b**](https://a.example/x_(y)?q=1)", "[a **b**](https://a.example/x_%28y%29?q=1)"],
    [
      "links in the words of a link",
      `[see <mention-page url="${page}">Tides</mention-page> \\[1\\]](https://a.example)`,
      "[see Tides \\[1\\]](https://a.example)",
    ],
    ["addresses as they are", "https://a.example/_x_/\\~ann", "https://a.example/_x_/~ann"],
    ["backticks that open nothing", "a``[b](https://a.example)`", "a\\`\\`[b](https://a.example)\\`"],
    ["links within Notion", "[a](/p/abc)", "[a](https://app.notion.com/p/abc)"],
    ["links that run code", "[a](javascript:alert(1))", `[a](${page})`],
    [
      "people by name",
      `<mention-user url="user://${other}"/> and <mention-user url="user://x">Ben</mention-user>`,
      "@Ann Lee and @Ben",
    ],
    [
      "pages by title",
      `see <mention-page url="https://app.notion.com/p/${other}"/>`,
      `see [Tide \\*table\\*](https://app.notion.com/p/${other})`,
    ],
    [
      "dates",
      '<mention-date start="2026-05-01" end="2026-05-02"/> <mention-date start="2026-05-01" startTime="09:00" timeZone="Europe/Berlin"/>',
      "2026-05-01 → 2026-05-02 2026-05-01 09:00 (Europe/Berlin)",
    ],
    ["citations", "fact[^https://a.example]", "fact ([source](https://a.example))"],
    ["images that stay", "![A pier](https://a.example/p.png)", "![A pier](https://a.example/p.png)"],
    [
      "images that expire",
      "![A pier](https://prod-files-secure.s3.amazonaws.com/p.png?X-Amz-Expires=3600)",
      `[Image: A pier](${page})`,
    ],
    ["custom emoji", "go :shipit: go", "go :shipit: go"],
    ["HTML is text", "\\<script\\>alert(1)\\</script\\>", "\\<script>alert(1)\\</script>"],
    ["text that looks like a heading", "\\# no heading", "\\# no heading"],
  ];
  for (const [name, enhanced, gfm] of cases) test(name, () => expect(render(enhanced)).toBe(gfm));

  test("links are noted: what a page holds apart from what it speaks of", () => {
    const noted = context();
    enhancedToGfm(
      `<mention-page url="https://app.notion.com/p/${other}">x</mention-page>\n<page url="${page}">y</page>`,
      noted,
    );
    expect(noted.links).toEqual([
      { id: other, kind: "page", contains: false },
      { id: "0123456789abcdef0123456789abcdef", kind: "page", contains: true },
    ]);
  });
});

test.each([
  ["blanks", `a${" ".repeat(150_000)}b`],
  ["blanks in an item", `- a${" ".repeat(150_000)}b<br>c`],
  ["blanks before attributes", `a${" ".repeat(150_000)}{a="b"`],
  ["brackets", "[".repeat(150_000)],
  ["images without an end", "![".repeat(75_000)],
  ["notes without an end", "[^".repeat(75_000)],
  ["rows without an end", `<table>\n${"<tr ".repeat(40_000)}\n</table>`],
  ["cells without an end", `<table>\n<tr>${"<td ".repeat(40_000)}\n</table>`],
  ["attributes without an end", `<callout ${'a="'.repeat(50_000)}`],
  ["fences without an end", "````\n```\n".repeat(15_000)],
])("%s by the hundred thousand take time in proportion", (_, hostile) => {
  expect(render(hostile).length).toBeLessThan(2 * hostile.length + 100);
});

test("hostile depth and length end in text", () => {
  const deep = Array.from({ length: 3_000 }, (_, depth) => `${"\t".repeat(depth)}- x${depth}`).join("\n");
  expect(render(deep)).toContain("x2999");
  const open = `${"<callout>\n".repeat(3_000)}inside`;
  expect(render(open)).toContain("inside");
  expect(render("[".repeat(20_000))).toContain("\\[");
  expect(render("`".repeat(10_001).replaceAll("``", "` "))).toContain("`");
});
