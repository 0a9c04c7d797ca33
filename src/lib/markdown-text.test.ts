import { describe, expect, test } from "bun:test";
import { bulletList, cellText, factList, inlineText, lineText, paragraphText } from "./markdown-text";

describe("text of people", () => {
  test("shows as they wrote it, without what cannot be seen", () => {
    expect(inlineText("2 * 3 <b>\u202Eevil\u200B")).toBe("2 * 3 \\<b>evil");
    expect(lineText("# not a heading")).toBe("\\# not a heading");
  });

  test("fills a cell, or leaves a dash", () => {
    expect(cellText("a | b")).toBe("a \\| b");
    expect([cellText(""), cellText(null), cellText(undefined)]).toEqual(["–", "–", "–"]);
  });

  test("keeps bullets as bullets and other lines as paragraphs", () => {
    expect(paragraphText("First.\r\nSecond.\n• one\n- two\n> three")).toBe(
      "First.\n\nSecond.\n\n- one\n- two\n\n\\> three",
    );
  });

  test("makes a list of what there is", () => expect(bulletList(["a", "", "b"])).toBe("- a\n- b"));

  test("lists facts by name, without those that have no value", () => {
    const facts = { Owner: "A *b*", Size: 0, Place: "", By: undefined, Of: null };
    expect(factList(facts)).toBe("- Owner: A \\*b\\*\n- Size: 0");
  });
});
