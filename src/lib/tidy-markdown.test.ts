import { describe, expect, test } from "bun:test";
import { fenced } from "./fence";
import { gfmTable, tableCell } from "./gfm-table";
import { tidyMarkdown } from "./tidy-markdown";

describe("the last pass over markdown", () => {
  test("leaves at most two blank lines in a row, and none at the ends", () => {
    expect(tidyMarkdown("\n\n\na\n\n\n\n\n\nb\n \n\n")).toBe("a\n\n\nb");
  });

  test("takes trailing spaces off, but not a line break", () => {
    expect(tidyMarkdown("a   \t\nb  \nc \nd")).toBe("a\nb  \nc\nd");
  });

  test("leaves code as it is", () => {
    const code = "```py\nx = 1   \n\n\n\n\ny\n```";
    expect(tidyMarkdown(code)).toBe(code);
  });

  test("does not take a shorter fence inside code for its end", () => {
    const code = "````md\n```\n\n\n\n\n```\n````\nafter";
    expect(tidyMarkdown(code)).toBe(code);
  });

  test("mends lone surrogates and keeps the indentation of the first line", () => {
    expect(tidyMarkdown("    code\ud800")).toBe("    code\ufffd");
    expect(tidyMarkdown("")).toBe("");
  });
});

describe("fences", () => {
  test("are longer than any run of backticks inside", () => {
    expect(fenced("a\n````\nb\n", "md")).toBe("`````md\na\n````\nb\n`````");
    expect(fenced("plain")).toBe("```\nplain\n```");
  });
});

describe("tables", () => {
  test("hold pipes, backslashes and line breaks in their cells", () => {
    expect(tableCell(" a|b\\|c\nd\\")).toBe("a\\|b\\\\\\|c<br>d\\\\");
  });

  test("are as wide as their header", () => {
    expect(gfmTable(["a", "b"], [["1"], ["1", "2", "3"]])).toBe(
      "| a | b |\n| --- | --- |\n| 1 |  |\n| 1 | 2 |",
    );
    expect(gfmTable([], [["x"]])).toBe("");
  });

  test("cut a cell that is a book", () => {
    expect(tableCell("x".repeat(5_000))).toBe(`${"x".repeat(2_000)}…`);
  });
});
