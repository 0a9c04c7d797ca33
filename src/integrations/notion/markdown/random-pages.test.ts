/**
 * Pages of random blocks in random order, with text that looks like markup. What came of them is shown as the web page
 * shows it: every word is there once and in order, and there are as many tables and blocks of code as there were.
 */
import { expect, test } from "bun:test";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import Markdown from "react-markdown";
import remarkGfm from "remark-gfm";
import { createRandom } from "@test/random";
import type { RenderContext } from "./context";
import { enhancedToGfm } from "./to-gfm";

const PAGES = 150;
const DEEPEST = 5;
const page = "https://app.notion.com/p/0123456789abcdef0123456789abcdef";
/** Text that a reader of markdown could take for something else. */
const lookalikes =
  "\\* \\< \\[ \\$5 \\| \\\\ 2*3 a_b _a < > &lt; &copy; | #tag # + - 1. 3) === ~ ~~ `` [ ![ [^1]: {a} <b </x> <!-- --> <script>".split(
    " ",
  );

/** One page, with its words in order and how many blocks of code and tables it has. */
function randomPage(seed: number) {
  const random = createRandom(seed);
  const words: string[] = [];
  const lines: string[] = [];
  const has = { code: 0, table: 0 };
  const word = () => {
    const made = `w${words.length + 1}z`;
    words.push(made);
    return made;
  };
  const emit = (depth: number, text: string) => void lines.push("\t".repeat(depth) + text);
  const pieces = [
    () => word(),
    () => word(),
    () => `**${word()}**`,
    () => `*${word()} ${word()}*`,
    () => `~~${word()}~~`,
    () => `\`${word()}\``,
    () => `$\`${word()}\`$`,
    () => `[${word()}](https://a.example/q?x=(1))`,
    () => `<span color="red">${word()}</span>`,
    () => `${word()}<br>${word()}`,
    () => `<mention-user url="user://0">${word()}</mention-user>`,
    () => `<mention-page url="${page}">${word()}</mention-page>`,
    () => random.pick(lookalikes),
    () => " http://a.example/_x_ ",
  ];
  const text = () => {
    const parts = Array.from({ length: 1 + random.below(4) }, () => random.pick(pieces)());
    return parts.join(random.below(3) === 0 ? "" : " ");
  };
  const inside = (depth: number) => {
    for (let count = random.below(3); count > 0; count--) block(depth);
  };
  const tagged = (depth: number, tag: string, attributes = "", fill = inside) => {
    emit(depth, `<${tag}${attributes}>`);
    fill(depth + 1);
    emit(depth, `</${tag}>`);
  };
  const line = (depth: number, start: string, end = "") => {
    emit(depth, `${start}${text()}${end}`);
    inside(depth + 1);
  };
  const table = (depth: number) => {
    has.table++;
    const row = (at: number) => {
      for (let cell = 0; cell < 2; cell++) emit(at, `<td>${text()}</td>`);
    };
    tagged(depth, "table", ' header-row="true"', (at) => {
      for (let count = 1 + random.below(3); count > 0; count--) tagged(at, "tr", "", row);
    });
  };
  const code = (depth: number) => {
    has.code++;
    for (const one of ["```ts", `${word()} = "<b>${word()}";`, `\t# ${word()}`, "```"]) emit(depth, one);
  };
  const kinds: ((depth: number) => void)[] = [
    (depth) => line(depth, `${word()} `, random.below(3) === 0 ? ' {color="blue"}' : ""),
    (depth) => line(depth, ""),
    (depth) => line(depth, "- "),
    (depth) => line(depth, `${1 + random.below(12)}. `),
    (depth) => line(depth, `- [${random.pick(["x", " "])}] `),
    (depth) => line(depth, "> "),
    (depth) => line(depth, `${"#".repeat(1 + random.below(4))} `, ' {toggle="true"}'),
    (depth) => {
      tagged(depth, "details", "", (at) => {
        emit(depth, `<summary>${text()}</summary>`);
        inside(at);
      });
    },
    (depth) => tagged(depth, "callout", ' icon="🌊"'),
    (depth) => tagged(depth, "columns", "", (at) => tagged(at, "column")),
    (depth) => tagged(depth, "synced_block", ' url="x"'),
    (depth) => tagged(depth, "tabs", "", (at) => tagged(at, "tab", ` title="${word()}"`)),
    (depth) => tagged(depth, "hologram", ' depth="3"'),
    (depth) => emit(depth, `<page url="${page}">${word()}</page>`),
    (depth) => emit(depth, `<image source="https://a.example/p.png">${word()}</image>`),
    (depth) => emit(depth, `<file source="https://a.example/p.pdf">${text()}</file>`),
    (depth) => ["$$", word(), "$$"].forEach((one) => emit(depth, one)),
    (depth) => emit(depth, random.pick(["---", "<empty-block/>", "", "<table_of_contents/>"])),
    table,
    code,
  ];
  const block = (depth: number) => (depth > DEEPEST ? emit(depth, word()) : random.pick(kinds)(depth));
  for (let count = 1 + random.below(6); count > 0; count--) block(0);
  return { source: lines.join("\n"), words, has };
}

test("random pages keep every word in its place, and nothing becomes what it was not", () => {
  for (let seed = 0; seed < PAGES; seed++) {
    const { source, words, has } = randomPage(seed);
    const context: RenderContext = {
      pageUrl: page,
      userName: () => undefined,
      title: () => undefined,
      links: [],
    };
    const markdown = enhancedToGfm(source, context);
    const shown = renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, markdown));
    const count = (part: string) => shown.split(part).length - 1;
    const found = {
      seed,
      words: [...(shown.match(/w\d+z/g) ?? [])],
      code: count("<pre>"),
      table: count("<table>"),
      brokenAddresses: count("%5C"),
      // A link within a link is none, and its brackets are left.
      brokenLinks: count("]("),
    };
    expect(found).toEqual({ seed, words, ...has, brokenAddresses: 0, brokenLinks: 0 });
  }
});
