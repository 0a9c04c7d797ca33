import { describe, expect, test } from "bun:test";
import { messageSchema } from "../models/api";
import { authorOf, messageBlock, type Quote } from "./message";
import type { Names } from "./names";
import { labelOf } from "./names";

const names: Names = {
  user: (id) => ({ "10": "Ann Lee" })[id],
  role: () => undefined,
  channel: (id) => ({ "30": "help", "40": "A thread" })[id],
};
const link = "https://discord.com/channels/1/2";

function message(change: Record<string, unknown> = {}) {
  return messageSchema.parse({
    id: "99",
    type: 0,
    author: { id: "10", username: "ann" },
    timestamp: "2026-03-03T14:05:59.000000+00:00",
    content: "Hello.",
    ...change,
  });
}

const shown = (change: Record<string, unknown>, quote?: Quote | null) =>
  messageBlock(message(change), { names, link, quote: () => quote });

describe("a message shows", () => {
  const head = "**Ann Lee** (14:05):";
  const cases: [string, Record<string, unknown>, string][] = [
    ["who, when and what", {}, `${head} Hello.`],
    [
      "that it was edited",
      { edited_timestamp: "2026-03-03T15:00:00+00:00" },
      "**Ann Lee** (14:05, edited): Hello.",
    ],
    ["that it is pinned", { pinned: true }, "**Ann Lee** (14:05, pinned): Hello."],
    [
      "that a program wrote it",
      { author: { id: "11", username: "Deploy_bot", bot: true } },
      "**Deploy\\_bot** (14:05, bot): Hello.",
    ],
    [
      "a webhook's own name",
      { author: { id: "10", username: "News" }, webhook_id: "77" },
      "**News** (14:05, bot): Hello.",
    ],
    [
      "a name that nobody of the server has",
      { author: { id: "12", username: "bo", global_name: "Bo *B*" } },
      "**Bo \\*B\\*** (14:05): Hello.",
    ],
    ["that it holds nothing", { content: "" }, `${head} (a message without text)`],
    ["lists and quotes on lines of their own", { content: "- a\n- b" }, `${head}\n\n- a\n- b`],
    [
      "files by name, type and size, with a link to the message",
      {
        content: "",
        attachments: [
          { filename: "a_b.csv", size: 812, content_type: "text/csv" },
          { filename: "x.bin", title: "Loads", size: 2_340_000, description: "of *May*" },
        ],
      },
      `${head}\n\n- Attached: [a\\_b.csv](${link}/99) (text/csv, 812 bytes)\n- Attached: [Loads](${link}/99) (2.3 MB): of \\*May\\*`,
    ],
    ["stickers", { content: "", sticker_items: [{ name: "Wave" }] }, `${head}\n\n- Sticker: Wave`],
    [
      "reactions",
      {
        reactions: [
          { emoji: { id: null, name: "👍" }, count: 3 },
          { emoji: { id: "5", name: "party" }, count: 1 },
        ],
      },
      `${head} Hello.\n\nReactions: 👍×3 :party:×1`,
    ],
    [
      "a poll with its votes",
      {
        content: "",
        poll: {
          question: { text: "Lunch?" },
          answers: [
            { answer_id: 1, poll_media: { text: "Soup" } },
            { answer_id: 2, poll_media: { text: null, emoji: { name: "🥗" } } },
          ],
          results: { answer_counts: [{ id: 1, count: 1 }] },
        },
      },
      `${head} **Poll: Lunch?**\n- Soup: 1 vote\n- 🥗: 0 votes`,
    ],
    [
      "the thread that began from it",
      { thread: { id: "40", name: "old name" } },
      `${head} Hello.\n\nThread: [A thread](https://discord.com/channels/1/40)`,
    ],
    [
      "a forward with where it came from",
      {
        content: "",
        message_reference: { type: 1, channel_id: "30", message_id: "5" },
        message_snapshots: [{ message: { content: "The *news*" } }],
      },
      `${head}\n\n> Forwarded from #help:\n>\n> The *news*`,
    ],
    [
      "a forward from elsewhere",
      {
        content: "",
        message_reference: { type: 1, channel_id: "31" },
        message_snapshots: [{ message: { content: "x" } }],
      },
      `${head}\n\n> Forwarded:\n>\n> x`,
    ],
    [
      "an embed",
      {
        content: "",
        embeds: [
          {
            provider: { name: "News" },
            author: { name: "Bo" },
            title: "Crane *down*",
            url: "https://a.example/1",
            description: "Since noon",
            fields: [{ name: "Where", value: "North" }],
            footer: { text: "today" },
          },
        ],
      },
      `${head}\n\n> News · Bo\n>\n> [Crane \\*down\\*](https://a.example/1)\n>\n> Since noon\n>\n> **Where** North\n>\n> today`,
    ],
    [
      "an embed's title as one line without markup",
      { content: "", embeds: [{ title: "a\n\n# b" }] },
      `${head}\n\n> **a # b**`,
    ],
    [
      "an embed of nothing but a picture",
      { content: "", embeds: [{ image: { url: "https://a.example/x.png" } }] },
      `${head}\n\n> (an embed without text)`,
    ],
    [
      "which command of whom it answers",
      { type: 20, interaction: { name: "deploy prod", user: { id: "10", username: "ann" } } },
      `${head}\n\n> **Ann Lee** used /deploy prod\n\nHello.`,
    ],
    [
      "how a poll ended",
      { type: 46, content: "", embeds: [{ fields: [{ name: "poll_question_text", value: "Lunch?" }] }] },
      `${head} **Poll ended: Lunch?** no answer won alone, of 0 votes`,
    ],
    [
      "words of components, however deep",
      {
        content: "",
        components: [
          {
            type: 17,
            components: [
              { type: 10, content: "# Test passed" },
              { type: 9, accessory: { type: 2, label: "Open" } },
            ],
          },
        ],
      },
      `${head} **Test passed**\n\nOpen`,
    ],
    [
      "what it knows of parts of tomorrow",
      {
        embeds: "none",
        attachments: [{ name: 7 }],
        components: { odd: 1 },
        reactions: 5,
        poll: "?",
        sticker_items: 3,
      },
      `${head} Hello.`,
    ],
  ];
  test.each(cases)("%s", (_name, change, markdown) => {
    expect(shown(change)).toBe(markdown);
  });
});

describe("an answer quotes", () => {
  const reply = { type: 19, message_reference: { message_id: "5" } };

  test("one short line of what it answers", () => {
    const text = `First *line*\nsecond line ${"and so on ".repeat(40)}`;
    const [head = "", , quote = "", , body = ""] = shown(reply, { author: "Bo_B", text }).split("\n");
    expect([head, body]).toEqual(["**Ann Lee** (14:05):", "Hello."]);
    expect(quote).toStartWith("> **Bo\\_B** wrote: First *line* second line and so on");
    expect(quote.length).toBeLessThan(160);
  });

  test("that what it answers is deleted, or has no words; nothing where it is not known", () => {
    expect(shown(reply, null)).toContain("> (answers a message that was deleted)");
    expect(shown(reply, { author: "Bo", text: "" })).toContain("> **Bo** wrote: (no text)");
    expect(shown(reply)).toBe("**Ann Lee** (14:05): Hello.");
  });
});

test("people are called by the server's name for them, then their own, then the user name", () => {
  expect(labelOf({ nick: "Ops Ann", displayName: "Ann", username: "ann1" })).toBe("Ops Ann");
  expect(labelOf({ nick: null, displayName: "Ann", username: "ann1" })).toBe("Ann");
  expect(labelOf({ nick: "", displayName: "", username: "ann1" })).toBe("ann1");
  expect(authorOf(message({ author: { id: "13", username: "cy", global_name: "" } }), names)).toBe("cy");
});
