import { describe, expect, test } from "bun:test";
import { messageSchema } from "../models/api";
import { blocksOf, briefly, pollBlock, pollResultBlock, reactionsOf } from "./parts";

const names = { user: () => undefined, role: () => undefined, channel: () => undefined };
const message = (change: Record<string, unknown>) =>
  messageSchema.parse({
    id: "1",
    type: 0,
    content: "",
    author: { id: "7", username: "ann" },
    timestamp: "2026-05-01T12:00:00.000Z",
    ...change,
  });
const blocks = (change: Record<string, unknown>, link: string | undefined = "https://d.example/1") =>
  blocksOf(message(change), names, link);

describe("files", () => {
  const file = { filename: "tide_table.pdf", size: 1_234_567, content_type: "application/pdf" };

  test("are named with what they are, and lead to the message, since their own links end", () => {
    expect(
      blocks({
        attachments: [file, { filename: "a.txt", title: "Notes", size: 20, description: "Old *ones*" }],
      }),
    ).toEqual([
      "- Attached: [tide\\_table.pdf](https://d.example/1) (application/pdf, 1.2 MB)\n" +
        "- Attached: [Notes](https://d.example/1) (20 bytes): Old \\*ones\\*",
    ]);
  });

  test("of a forwarded message lead nowhere", () => {
    expect(blocksOf(message({ attachments: [file] }), names, undefined)).toEqual([
      "- Attached: tide\\_table.pdf (application/pdf, 1.2 MB)",
    ]);
  });
});

describe("embeds", () => {
  test("are quoted with source, title, text, fields and foot", () => {
    const embed = {
      title: "Low [tide]",
      url: "https://tides.example/1",
      description: "At **six**.",
      provider: { name: "Tides" },
      author: { name: "Bo" },
      fields: [{ name: "Depth", value: "2 m" }],
      footer: { text: "Yesterday" },
    };
    expect(blocks({ embeds: [embed] })).toEqual([
      [
        "> Tides · Bo",
        "> [Low \\[tide\\]](https://tides.example/1)",
        "> At **six**.",
        "> **Depth** 2 m",
        "> Yesterday",
      ].join("\n>\n"),
    ]);
  });

  test("that hold nothing to read say so", () => {
    expect(blocks({ embeds: [{ image: { url: "https://x.example/i.png" } }] })).toEqual([
      "> (an embed without text)",
    ]);
  });
});

test("texts of a layout come in reading order, however deep, and not without end", () => {
  const deep = (levels: number): unknown =>
    levels === 0 ? { type: 10, content: "too deep" } : { type: 17, components: [deep(levels - 1)] };
  const components = [
    { type: 10, content: "First" },
    { type: 9, components: [{ type: 10, content: "Second" }], accessory: { type: 2, label: "Press" } },
    deep(40),
    "no object",
    null,
  ];
  expect(blocks({ components })).toEqual(["First", "Second", "Press"]);
});

test("a layout tells where its buttons lead, what its pictures show and what its files are called", () => {
  const components = [
    {
      type: 1,
      components: [
        { type: 2, label: "Open [it]", url: "https://ci.example/run 7" },
        { type: 2, url: "https://a.example" },
      ],
    },
    { type: 12, items: [{ media: { url: "https://a.example/x.png" }, description: "The *crane* at dusk" }] },
    { type: 13, file: { url: "attachment://plan.pdf" }, name: "plan_1.pdf", size: 12 },
    { type: 2, label: "Run", url: "javascript:alert(1)" },
  ];
  expect(blocks({ components })).toEqual([
    "[Open \\[it\\]](https://ci.example/run%207)",
    "[link](https://a.example)",
    "The *crane* at dusk",
    "plan\\_1.pdf",
    "Run",
  ]);
});

test("long texts are shown to their end", () => {
  const long = `${"and so on ".repeat(100)}END`;
  const embed = { title: long, fields: [{ name: long, value: "v" }], footer: { text: long } };
  const attachments = [{ filename: "a.png", description: long }];
  const shown = blocks({ embeds: [embed], attachments }).join("\n");
  expect(shown.match(/END/g)).toHaveLength(4);
  const poll = message({
    poll: { question: { text: "Which colour ".repeat(20) + "END?" }, answers: [] },
  }).poll;
  expect(poll && pollBlock(poll)).toContain("END?");
});

test("people are called as the message itself calls them, where the server does not know them", () => {
  expect(
    blocks({ content: "ask <@9>", mentions: [{ id: "9", username: "zed", global_name: "Zed" }] }),
  ).toEqual(["ask @Zed"]);
});

test("what has no text is quoted by what it holds", () => {
  const attachments = [{ filename: "plan.pdf" }, { filename: "b", title: "Loads" }];
  expect(
    briefly(message({ attachments, embeds: [{ title: "Release" }], sticker_items: [{ name: "Wave" }] })),
  ).toBe("Release, plan.pdf, Loads, Wave");
  expect(briefly(message({ poll: { question: { text: "When?" }, answers: [] } }))).toBe("When?");
  expect(briefly(message({ content: "Hi", attachments }))).toBe("Hi");
});

test("stickers and unknown shapes cost nothing else", () => {
  expect(blocks({ content: "Hi", sticker_items: [{ name: "Wave_1" }], embeds: "many" })).toEqual([
    "Hi",
    "- Sticker: Wave\\_1",
  ]);
});

test("reactions count; a server's own emoji goes by its name", () => {
  const reactions = [
    { emoji: { id: null, name: "👍" }, count: 3 },
    { emoji: { id: "9", name: "party" }, count: 1 },
    { emoji: { id: "8", name: null }, count: 2 },
  ];
  expect(reactionsOf(message({ reactions }).reactions)).toBe("Reactions: 👍×3 :party:×1 :emoji:×2");
  expect(reactionsOf(message({}).reactions)).toBe("");
});

test("a poll tells its votes, by whatever its answers are called", () => {
  const poll = {
    question: { text: "When?" },
    answers: [
      { answer_id: 1, poll_media: { text: "At six" } },
      { answer_id: 2, poll_media: { emoji: { name: "🌙" } } },
      { poll_media: {} },
    ],
    results: {
      answer_counts: [
        { id: 1, count: 1 },
        { id: 2, count: 5 },
      ],
    },
  };
  const parsed = message({ poll }).poll;
  expect(parsed && pollBlock(parsed)).toBe("**Poll: When?**\n- At six: 1 vote\n- 🌙: 5 votes\n- ?: 0 votes");
});

test("a poll of which Discord gives no results has no votes invented", () => {
  const answers = [{ answer_id: 1, poll_media: { text: "At six" } }];
  const poll = message({ poll: { question: { text: "When?" }, answers } }).poll;
  expect(poll && pollBlock(poll)).toBe("**Poll: When?**\n- At six");
});

test("the end of a poll is told in words", () => {
  const end = (...fields: [string, string][]) =>
    pollResultBlock(message({ embeds: [{ fields: fields.map(([name, value]) => ({ name, value })) }] }));
  const question: [string, string] = ["poll_question_text", "When?"];
  const won: [string, string][] = [
    ["victor_answer_text", "At *six*"],
    ["victor_answer_votes", "3"],
    ["total_votes", "4"],
  ];
  expect(end(question, ...won)).toBe("**Poll ended: When?** At \\*six\\* won, 3 of 4 votes");
  expect(end(question, ["victor_answer_votes", "0"], ["total_votes", "1"])).toBe(
    "**Poll ended: When?** no answer won alone, of 1 vote",
  );
});
