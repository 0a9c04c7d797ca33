import { describe, expect, test } from "bun:test";
import { inBrackets, nameText, quotedBlocks, reactionLine, saidBlock } from "./chat-markdown";

describe("a name", () => {
  test.each([
    ["Ann Lee", "Ann Lee"],
    ["*Ann* [x](y)", "\\*Ann\\* \\[x\\](y)"],
    ["a|b\n<b>c</b>", "a\\|b \\<b\\>c\\</b\\>"],
    [`\u202Eevil`, "evil"],
    [null, "nobody"],
    [undefined, "nobody"],
  ])("%p acts as no markup", (name, shown) => expect(nameText(name, "nobody")).toBe(shown));

  test("of any length stays on its line", () => {
    expect(nameText("x".repeat(500), "")).toHaveLength(100);
  });
});

describe("what was said", () => {
  const said = { author: "Ann", at: "2026-05-01T14:05:59.000Z", marks: [] };

  test("stands behind name and time", () => {
    expect(saidBlock({ ...said, blocks: ["Good morning."] })).toBe("**Ann** (14:05): Good morning.");
  });

  test("says what is particular about it, and leaves out what is not", () => {
    const marks = ["bot", false, "edited"] as const;
    expect(saidBlock({ ...said, marks, blocks: ["Done.", "", "> quoted"] })).toBe(
      "**Ann** (14:05, bot, edited): Done.\n\n> quoted",
    );
  });

  test.each(["- a list", "> a quote", "# a heading", "```\ncode\n```", "| a | b |", "1. first", "23) more"])(
    "%p begins below the name, so that it stays what it is",
    (block) => expect(saidBlock({ ...said, blocks: [block] })).toBe(`**Ann** (14:05):\n\n${block}`),
  );

  test("that is nothing is told", () => {
    expect(saidBlock({ ...said, author: "", blocks: ["", ""] })).toBe(
      "**** (14:05): (a message without text)",
    );
  });
});

test("quotations hold empty lines, so that they stay one", () => {
  expect(quotedBlocks(["a\nb", "c"])).toBe("> a\n> b\n>\n> c");
});

test("facts and reactions are left out where there are none", () => {
  expect(inBrackets(["text", "", null, undefined, "3 kB"])).toBe(" (text, 3 kB)");
  expect(inBrackets([undefined, ""])).toBe("");
  expect(reactionLine([])).toBe("");
  expect(
    reactionLine([
      { shown: "👍", count: 3 },
      { shown: ":party:", count: 1 },
    ]),
  ).toBe("Reactions: 👍×3 :party:×1");
});
