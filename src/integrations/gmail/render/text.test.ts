import { expect, test } from "bun:test";
import { plainMarkdown } from "./text";

test("plain text keeps its paragraphs, lists and quotes, and means nothing by its signs", () => {
  const text =
    "# Hello *Ana*,\r\n\r\n\r\n\r\nthis line was broken by a program, since it is longer than most;\r\nit goes on.\r\n\r\n- one <b>\r\n* two\r\n\r\n>> Bo said\r\n>> so\r\n> Ana\r\n1. no";
  expect(plainMarkdown(text)).toBe(
    "\\# Hello \\*Ana\\*,\n\nthis line was broken by a program, since it is longer than most;\nit goes on.\n\n- one \\<b>\n- two\n\n>> Bo said\\\n>> so\n> Ana\n1\\. no",
  );
});

test("lines that their writer ended stay lines", () => {
  expect(plainMarkdown("Ana Silva\nHarbour 3\n\nBye")).toBe("Ana Silva\\\nHarbour 3\n\nBye");
});
