import { describe, expect, test } from "bun:test";
import { markdownOf } from "../render/mrkdwn";
import { wordsOf } from "../render/message";
import { messageSchema } from "./api";

const names = { user: (id: string) => ({ U1: "Ana" })[id], channel: () => undefined };
const message = (fields: Record<string, unknown>) =>
  messageSchema.parse({ ts: "1772528400.000100", bot_id: "B1", ...fields });
const shown = (...blocks: unknown[]) => markdownOf(wordsOf(message({ blocks })), names);
const text = (words: string, style?: Record<string, boolean>) => ({ type: "text", text: words, style });
const section = (...elements: unknown[]) => ({ type: "rich_text_section", elements });
const rich = (...elements: unknown[]) => ({ type: "rich_text", elements });

describe("what a program lays out", () => {
  test("is read whole, however many blocks there are", () => {
    const blocks = Array.from({ length: 50 }, (_, index) => ({
      type: "section",
      fields: [{ type: "mrkdwn", text: `*Pump ${index}*` }],
    }));
    const words = shown(...blocks);
    for (const index of [0, 8, 9, 49]) expect(words).toContain(`**Pump ${index}**`);
  });

  test("keeps styles, code, quotes and lists of rich text", () => {
    const list = (indent: number, style: string, ...items: string[]) => ({
      ...{ type: "rich_text_list", indent, style },
      elements: items.map((item) => section(text(item))),
    });
    const words = shown(
      rich(
        section(
          text("Run "),
          text("make dry", { code: true }),
          text(" now ", { bold: true }),
          text("please"),
        ),
        { type: "rich_text_preformatted", elements: [text("pumps --all\npumps --dry")] },
        { type: "rich_text_quote", elements: [text("said\ntwice")] },
        list(0, "bullet", "steel", "rope"),
        list(1, "bullet", "long"),
        list(0, "ordered", "weld"),
        section({ type: "user", user_id: "U1" }, text(" and "), { type: "broadcast", range: "here" }),
      ),
    );
    expect(words).toContain("Run `make dry` **now** please");
    expect(words).toContain("```\npumps --all\npumps --dry\n```");
    expect(words).toContain("> said\n> twice");
    expect(words).toContain("- steel\n- rope\n\n  - long\n\n1. weld");
    expect(words).toContain("@Ana and @here");
  });

  test("has tables as tables, whatever is in their cells", () => {
    const cell = (words: string) => ({ type: "raw_text", text: words });
    const link = { type: "link", url: "https://a.example", text: "all | of it" };
    const table = {
      type: "table",
      rows: [
        [cell("Pump"), cell("State")],
        [cell("a|b"), rich(section(text("dry", { bold: true }), text("\nsince May")))],
        [rich(section(link))],
      ],
    };
    const rows =
      "| Pump | State |\n| --- | --- |\n| a\\|b | **dry** since May |\n| [all \\| of it](https://a.example) |  |";
    expect(shown(table)).toBe(rows);
    // What a person wrote is shown from the text, which says nothing of the table below it.
    const pasted = message({
      bot_id: undefined,
      text: "The pumps:",
      blocks: [rich(section(text("x"))), table],
    });
    expect(markdownOf(wordsOf(pasted), names)).toBe(`The pumps:\n\n${rows}`);
  });

  test("is nothing where a block is of no kind that is known, or has another shape", () => {
    expect(shown({ type: "hologram", rays: 3 }, { type: "table", rows: "none" }, null, 7)).toBe("");
  });
});
