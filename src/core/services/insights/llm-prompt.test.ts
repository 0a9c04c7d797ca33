import { describe, expect, test } from "bun:test";
import { documentPrompt, withinTokens } from "./llm-prompt";

const artifact = { kind: "document" as const, title: "A\ntitle", author: "Anna", markdown: "text" };

describe("the prompt", () => {
  test("holds kind, title and author as single lines inside the marks", () => {
    const prompt = documentPrompt(artifact, 100);
    expect(prompt).toMatch(
      /^<(document-[0-9a-f]{16})>\nkind: document\ntitle: A title\nauthor: Anna\n\ntext\n<\/\1>/,
    );
  });

  test("has another mark each time", () => {
    const marks = [1, 2].map(() => documentPrompt(artifact, 100).slice(0, 26));
    expect(marks[0]).not.toBe(marks[1]);
  });
});

describe("the token budget", () => {
  test("leaves short texts whole, in any script", () => {
    expect(withinTokens("x".repeat(400), 100)).toBe("x".repeat(400));
    expect(withinTokens("漢".repeat(100), 100)).toBe("漢".repeat(100));
  });

  test("keeps the start and the end of long ones", () => {
    const cut = withinTokens(`A${"x".repeat(10_000)}Z`, 100);
    expect(cut.length).toBeLessThan(420);
    expect(cut).toStartWith("Ax");
    expect(cut).toEndWith("xZ");
    expect(withinTokens("漢".repeat(1_000), 100).length).toBeLessThan(110);
  });

  test("never cuts a character in half", () => {
    for (let tokens = 50; tokens < 60; tokens++) {
      expect(withinTokens("😀".repeat(500), tokens).isWellFormed()).toBe(true);
    }
  });
});
