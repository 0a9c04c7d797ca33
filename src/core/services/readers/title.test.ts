import { describe, expect, test } from "bun:test";
import { chooseTitle, cleanTitle, firstHeading } from "./title";

describe("titles", () => {
  test("lose control characters, bidirectional marks and hidden tag characters", () => {
    expect(cleanTitle("Q3\u0000 \u202ereport\u202c\u{e0041}\u{e0042}\n2026")).toBe("Q3 report 2026");
    expect(cleanTitle("\u200b\ufeff")).toBe("");
  });

  test("keep joined emoji and scripts that need joiners", () => {
    expect(cleanTitle("👩‍💻 می‌خواهم")).toBe("👩‍💻 می‌خواهم");
  });

  test("are cut at 300 characters without breaking one", () => {
    const title = cleanTitle("😀".repeat(400));
    expect(Array.from(title)).toHaveLength(300);
    expect(title.isWellFormed()).toBe(true);
    expect(title.endsWith("…")).toBe(true);
  });

  test("come from the first candidate with something to show, at last from the file's name", () => {
    expect(chooseTitle("a/b.txt", undefined, " \u200b ", "Third")).toBe("Third");
    expect(chooseTitle("a/Q3 report.v2.pdf")).toBe("Q3 report.v2");
    expect(chooseTitle(".env")).toBe(".env");
    expect(chooseTitle("\u200b.txt")).toBe(".txt");
  });
});

describe("the first heading", () => {
  test("is the first of level one outside code", () => {
    expect(firstHeading("```sh\n# comment\n```\n\n## Two\n\n# The *real* `one` ##\n")).toBe("The real one");
    expect(firstHeading("Underlined\n===\n\n# Later")).toBe("Underlined");
  });

  test("keeps the words of links and escaped marks", () => {
    expect(firstHeading("# See [the guide](https://x.y/a_b) and snake_case \\*")).toBe(
      "See the guide and snake_case *",
    );
  });

  test("is undefined when there is none", () => {
    expect(firstHeading("## Only two\n\n#hashtag\n")).toBeUndefined();
  });
});
