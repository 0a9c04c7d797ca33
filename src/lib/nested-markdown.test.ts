import { expect, test } from "bun:test";
import { nestedMarkdown } from "./nested-markdown";

test("headings begin at the level that is asked for, and keep their order", () => {
  expect(nestedMarkdown("# A\n\ntext\n\n### B\n\n#no heading", 3)).toBe(
    "### A\n\ntext\n\n##### B\n\n#no heading",
  );
  expect(nestedMarkdown("#### A\n\n###### B", 3)).toBe("#### A\n\n###### B");
  expect(nestedMarkdown("# A\n\n###### B", 4)).toBe("#### A\n\n###### B");
});

test("code stays as it is, in fences and in backticks", () => {
  const fenced = "```html\n# <b>x</b>\n```";
  expect(nestedMarkdown(`# T\n\n${fenced}`, 3)).toBe(`### T\n\n${fenced}`);
  expect(nestedMarkdown("a `<b>` and ``<i>`` and <u>", 3)).toBe("a `<b>` and ``<i>`` and \\<u>");
});

test("a fence that is left open is closed", () => {
  expect(nestedMarkdown("~~~~\n# code", 2)).toBe("~~~~\n# code\n~~~~");
});

test("HTML is text; addresses and line breaks are not HTML", () => {
  expect(nestedMarkdown('<script>x</script> <img src="a"> a < b <!-- c -->', 3)).toBe(
    '\\<script>x\\</script> \\<img src="a"> a < b \\<!-- c -->',
  );
  const kept = "<https://a.example/b> <ana@a.example> one<br>two \\<i>";
  expect(nestedMarkdown(kept, 3)).toBe(kept);
});

test("what people cannot see is left out", () => {
  expect(nestedMarkdown("a\u200bb\r\nc\u0007\n\n\n\n\nd", 3)).toBe("ab\nc\n\n\nd");
  expect(nestedMarkdown("", 3)).toBe("");
});
