import { describe, expect, test } from "bun:test";
import { type Said, spokenTurns, turnsMarkdown } from "./spoken-turns";

const say = (speaker: string, startMs: number | null, text: string, topic = ""): Said => ({
  ...{ speaker: `**${speaker}**`, startMs, text, topic },
});
const markdownOf = (...pieces: Said[]) => turnsMarkdown(spokenTurns(pieces));

describe("turns", () => {
  test("hold what one person says in a row, each with the time at which it begins", () => {
    expect(
      markdownOf(say("Ana", 5_000, "Hello."), say("Ana", 8_000, "Shall we?"), say("Ben", 9_000, "Yes.")),
    ).toBe("[00:00:05] **Ana**: Hello. Shall we?\n\n[00:00:09] **Ben**: Yes.");
  });

  test("that grow longer than a minute are cut", () => {
    const pieces = [0, 30_000, 60_000, 60_001].map((at) => say("Ana", at, `At ${at}.`));
    expect(markdownOf(...pieces)).toBe(
      "[00:00:00] **Ana**: At 0. At 30000. At 60000.\n\n[00:01:00] **Ana**: At 60001.",
    );
  });

  test("stand under a heading for each topic", () => {
    const pieces = [
      say("Ana", 0, "One.", "Price"),
      say("Ana", 1_000, "Two.", "# Next"),
      say("Ben", 2_000, "Three.", "# Next"),
    ];
    expect(markdownOf(...pieces)).toBe(
      [
        "### Price",
        "[00:00:00] **Ana**: One.",
        "### # Next",
        "[00:00:01] **Ana**: Two.",
        "[00:00:02] **Ben**: Three.",
      ].join("\n\n"),
    );
  });

  test("without a time follow the one before, and pieces without words are none", () => {
    expect(
      markdownOf(
        say("Ana", null, "One."),
        say("Ana", 7_000, "  "),
        say("Ben", 8_000, "Two."),
        say("Cyd", null, "Three."),
      ),
    ).toBe("[00:00:00] **Ana**: One.\n\n[00:00:08] **Ben**: Two.\n\n[00:00:08] **Cyd**: Three.");
  });

  test("are shown as they were said", () => {
    expect(markdownOf(say("Ana", 0, "<b>*x*</b>"))).toBe("[00:00:00] **Ana**: \\<b>\\*x\\*\\</b>");
  });
});

test("what is too long is cut, and the mark counts turns and no headings", () => {
  const hour = "a".repeat(700_000);
  const markdown = markdownOf(
    ...["Price", "Price", "Next", "Last"].map((topic, at) => say(`S${at}`, at, hour, topic)),
  );
  expect(markdown.length).toBeLessThan(2_000_000);
  expect(markdown).toContain("### Price");
  // A heading with nothing below it would say that nobody spoke of it.
  expect(markdown).not.toContain("### Next");
  expect(markdown).toEndWith("a\n\n> **Cut here.** The transcript is longer; its first 2 parts are shown.");
});
