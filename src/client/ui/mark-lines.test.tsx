import { expect, test } from "bun:test";
import { renderToStaticMarkup } from "react-dom/server";
import { MarkdownReader } from "./markdown-reader";

/** What is marked of a text on some of its lines, one after the other. */
function marked(text: string, start: number, end: number): string[] {
  const html = renderToStaticMarkup(<MarkdownReader text={text} lines={{ start, end }} />);
  return [...html.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, inside = ""]) =>
    inside.replaceAll(/<[^>]*>/g, "").trim(),
  );
}

test("paragraphs, headings and items on the lines are marked, those around them are not", () => {
  const text = "# One\n\nFirst **words**.\n\n## Two\n\n- a\n- b\n  - inner\n- c\n\nLast.";
  expect(marked(text, 3, 5)).toEqual(["First words.", "Two"]);
  expect(marked(text, 8, 9)).toEqual(["b", "inner"]);
  expect(marked(text, 12, 400)).toEqual(["Last."]);
  expect(marked(text, 400, 500)).toEqual([]);
});

test("of a paragraph of many lines, only those asked for are marked", () => {
  const text = Array.from({ length: 50 }, (_, line) => `Ann: line ${line + 1}`).join("\n");
  expect(marked(text, 30, 31)).toEqual(["Ann: line 30\nAnn: line 31"]);
});

test("of a table its rows, and of code its lines", () => {
  expect(marked("| a | b |\n| - | - |\n| 1 | 2 |\n| 3 | 4 |", 4, 4)).toEqual(["3", "4"]);
  const code = "```ts\none();\ntwo();\nthree();\n```\n\nAfter.";
  expect(marked(code, 3, 3)).toEqual(["two();"]);
  expect(marked(code, 1, 7)).toEqual(["one();\ntwo();\nthree();", "After."]);
  expect(marked("Before.\n\n    one();\n    two();\n", 4, 4)).toEqual(["two();"]);
});

test("without lines nothing is marked", () => {
  expect(renderToStaticMarkup(<MarkdownReader text="# One" />)).not.toContain("<mark>");
});
