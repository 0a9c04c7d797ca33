import { describe, expect, test } from "bun:test";
import { renderRecording } from "../render/recording";
import { detailSchema, listedSchema, meSchema, utc } from "./models";

const piece = (data_type: string, content: unknown, more = {}) => ({
  ...{ data_type, data_content: typeof content === "string" ? content : JSON.stringify(content), ...more },
});

describe("what Plaud says of a recording", () => {
  test("is read from two lists or from one, with contents that are JSON or markdown", () => {
    const turns = [{ start_time: "1500", content: "Hello", speaker: null }, { nothing: true }];
    const pieces = [
      piece("transaction", turns),
      piece(
        "auto_sum_note",
        { ai_content: "Said.", state: 10 },
        { data_tab_name: "Minutes", data_title: "x" },
      ),
      piece("custom_note", "Plain *markdown*", { data_title: "Mine" }),
      piece("kind_of_tomorrow", "x"),
      { broken: true },
    ];
    const expected = {
      turns: [{ start_time: 1_500, content: "Hello", speaker: null }],
      outline: [],
      notes: [
        { title: "Minutes", text: "Said." },
        { title: "Mine", text: "Plain *markdown*" },
      ],
    };
    expect(detailSchema.parse(pieces)).toEqual(expected);
    expect(detailSchema.parse({ source_list: pieces.slice(0, 1), note_list: pieces.slice(1) })).toEqual(
      expected,
    );
    expect(detailSchema.parse({ source_list: [piece("transaction", "[{")], note_list: null }).turns).toEqual(
      [],
    );
  });

  test("that has neither list is no silent recording", () => {
    for (const other of [{}, { id: "x" }, { source_list: "x" }, null, "x"])
      expect(detailSchema.safeParse(other).success).toBe(false);
  });

  test("has times of UTC that do not say so, and a length as number or text", () => {
    expect(utc("2024-01-15T10:04:27.052000")).toBe("2024-01-15T10:04:27.052Z");
    expect(utc("2024-01-15T10:04:27+02:00")).toBe("2024-01-15T08:04:27.000Z");
    expect([utc(""), utc(null), utc("soon")]).toEqual([undefined, undefined, undefined]);
    expect(listedSchema.parse({ id: "a", duration: "83000", serial_number: "x" })).toEqual({
      id: "a",
      duration: 83_000,
    });
  });

  test("of whom it is, bare or within data", () => {
    expect(meSchema.parse({ id: "u", email: "a@b.c" }).email).toBe("a@b.c");
    expect(meSchema.parse({ data: { nickname: "Ana" } }).nickname).toBe("Ana");
  });
});

test("people's text stays text, a long transcript is cut with a word that says so", () => {
  const say = (content: string, speaker: string, start_time = 0) => ({ content, speaker, start_time });
  const made = (turns: ReturnType<typeof say>[]) =>
    renderRecording({ id: "a", name: "# Odd" }, { turns, outline: [], notes: [] })?.markdown ?? "";
  expect(made([say("<b>*x*</b>\n# y", "[Ana](x)")])).toBe(
    "# \\# Odd\n\n- Speakers: \\[Ana\\](x)\n\n## Transcript\n\n[00:00:00] **\\[Ana\\](x)**: \\<b>\\*x\\*\\</b> # y",
  );
  const long = made(
    Array.from({ length: 60 }, (_, index) => say("x".repeat(50_000), `S${index % 2}`, index)),
  );
  expect(long.length).toBeLessThan(2_100_000);
  expect(long).toEndWith("parts are shown.");
});
