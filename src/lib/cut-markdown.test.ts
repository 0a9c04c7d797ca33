import { describe, expect, test } from "bun:test";
import { cutMarkdown } from "./cut-markdown";

describe("cutting markdown", () => {
  test("what is short enough stays as it is", () => {
    expect(cutMarkdown("abc", 3)).toBe("abc");
    expect(cutMarkdown("", 3)).toBe("");
  });

  test("ends at a line where one is near", () => {
    const line = `${"word ".repeat(19)}end\n`;
    const cut = cutMarkdown(line.repeat(100), 2_050);
    expect(cut).toEndWith("end");
    expect(cut.length).toBeGreaterThan(1_900);
  });

  test("one endless line is cut where the limit is", () => {
    expect(cutMarkdown("x".repeat(100), 10)).toBe("x".repeat(10));
  });

  test("no character is cut in two", () => {
    expect(cutMarkdown("🎉🎉", 3)).toBe("🎉");
  });

  test("an open code block is closed with its own fence", () => {
    const markdown = `# A\n\n\`\`\`\`ts\nconst a = 1;\n\`\`\`\n${"x();\n".repeat(100)}`;
    expect(cutMarkdown(markdown, 200)).toEndWith("x();\n````");
  });

  test("a closed code block needs nothing", () => {
    const cut = cutMarkdown(`~~~\na\n~~~\n${"text\n".repeat(100)}`, 101);
    expect(cut.match(/~~~/g)).toHaveLength(2);
  });
});
