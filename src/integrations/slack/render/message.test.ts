import { describe, expect, test } from "bun:test";
import { messageSchema } from "../models/api";
import { conversationArtifact } from "./conversation";
import { authorOf, messageBlock, wordsOf } from "./message";

const names = {
  user: (id: string) => ({ U1: "Ann Lee", U2: "b*b" })[id],
  channel: (id: string) => ({ C1: "general" })[id],
};
const scene = { names, link: "https://quarry.slack.com/archives/C1" };
const message = (fields: Record<string, unknown>) =>
  messageSchema.parse({ ts: "1772528400.000100", user: "U1", ...fields });
const block = (fields: Record<string, unknown>, inThread = false) =>
  messageBlock(message(fields), scene, inThread);

describe("who wrote a message", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["a person by name", {}, "Ann Lee"],
    ["a person nobody knows", { user: "U9" }, "unknown user"],
    ["an app by the name that it took for once", { user: "U1", username: "Deploys" }, "Deploys"],
    ["an app by its own name", { user: undefined, bot_id: "B1", bot_profile: { name: "Pager" } }, "Pager"],
    ["an app without a name", { user: undefined, bot_id: "B1" }, "unknown app"],
    ["nobody, where it was deleted", { subtype: "tombstone", user: "USLACKBOT" }, "somebody"],
  ])("is %s", (_case, fields, name) => expect(authorOf(message(fields), names)).toBe(name));
});

describe("what a message says", () => {
  test("of a person is the text, of an app its blocks where they say more", () => {
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*Disk* is full on pump 4" } }];
    expect(wordsOf(message({ text: "Full", blocks }))).toBe("Full");
    expect(wordsOf(message({ text: "Full", bot_id: "B1", blocks }))).toContain("is full on pump 4");
    expect(wordsOf(message({ text: "", blocks }))).toContain("is full on pump 4");
    expect(wordsOf(message({ text: "x".repeat(90_000) })).length).toBeLessThanOrEqual(60_000);
  });

  test("stands behind its author, the time and its marks, or below them where it begins a block", () => {
    expect(block({ text: "Up" })).toBe("**Ann Lee** (09:00): Up");
    expect(block({ text: "Up", user: "U2", edited: { ts: "1" }, bot_id: "B1", pinned_to: ["C1"] })).toBe(
      "**b\\*b** (09:00, app, edited, pinned): Up",
    );
    expect(block({ text: "&gt; quoted\nand not" })).toBe("**Ann Lee** (09:00):\n\n> quoted\nand not");
    expect(block({ text: "```make dry```" })).toStartWith("**Ann Lee** (09:00):\n\n```");
    expect(block({ text: "1. first" })).toBe("**Ann Lee** (09:00):\n\n1. first");
    expect(block({ text: "4 pumps" })).toBe("**Ann Lee** (09:00): 4 pumps");
  });

  test("is told where there is nothing to read", () => {
    expect(block({ text: "" })).toContain("(a message without text)");
    expect(block({ subtype: "tombstone", text: "This message was deleted." })).toContain(
      "(This message was deleted.)",
    );
  });
});

describe("what a message carries", () => {
  test("are files by title, name, kind and size, and linked where they can be opened", () => {
    const files = [
      {
        id: "F1",
        name: "a.pdf",
        title: "Tide *table*",
        pretty_type: "PDF",
        size: 1_234_567,
        permalink: "https://x.example/f",
      },
      { id: "F2", name: "b.txt", title: "b.txt", size: 999, permalink: "not an address" },
      { id: "F3", size: 20_400, mode: "tombstone" },
      { id: "F4", mode: "hidden_by_limit" },
      { id: "F5", mode: "file_access" },
    ];
    expect(block({ text: "See", files })).toBe(
      [
        "**Ann Lee** (09:00): See",
        "- Attached: [Tide \\*table\\*](https://x.example/f) (a.pdf, PDF, 1.2 MB)\n- Attached: b.txt (999 bytes)\n- Attached: a file that is no longer there (20.4 kB)\n" +
          "- Attached: a file that the workspace's plan hides\n- Attached: a file whose name is not told",
      ].join("\n\n"),
    );
  });

  test("and what could be read of a file stands quoted below it", () => {
    const files = [
      { id: "F1", name: "a.md", shown_text: "#### Head\n\nwords" },
      { id: "F2", name: "b.png", shown_text: "" },
    ];
    expect(block({ text: "See", files })).toEndWith(
      "- Attached: b.png\n\n- Attached: a.md\n\n> #### Head\n>\n> words",
    );
  });

  test("are previews and cards, quoted, without what acts as markup", () => {
    const attachments = [
      {
        title: "Gate &lt;3&gt; | north",
        title_link: "https://x.example/g",
        text: "leaks *now*",
        fields: [{ title: "State", value: "open" }],
        footer: "Jira",
      },
      { fallback: "An old card" },
      {},
    ];
    const text = block({ text: "Look", attachments });
    expect(text).toContain("> leaks **now**");
    expect(text).toContain("> [Gate \\<3\\> \\| north](https://x.example/g)");
    expect(text).toContain("> **State** open");
    expect(text).toContain("> An old card");
    expect(text).toContain("> (an attachment without text)");
  });

  test("are cards that a program laid out in blocks, and files of a message that is shared", () => {
    const attachments = [
      {
        fallback: "[no preview available]",
        color: "#a30200",
        blocks: [
          { type: "header", text: { type: "plain_text", text: "Pump 4" } },
          { type: "section", text: { type: "mrkdwn", text: "*Disk* is full" } },
        ],
      },
      { text: "See the plan", files: [{ id: "F1", title: "plan.pdf", size: 999 }] },
    ];
    const text = block({ text: "Alarm", attachments });
    expect(text).toContain("> Pump 4\n>\n> **Disk** is full");
    expect(text).not.toContain("preview");
    expect(text).toContain("> See the plan\n>\n> - Attached: plan.pdf (999 bytes)");
  });

  test("are reactions, and answers, which a thread does not repeat", () => {
    const reactions = [
      { name: "tada", count: 3 },
      { name: "eyes", count: 1 },
    ];
    const thread = { thread_ts: "1772528400.000100", reply_count: 2 };
    expect(block({ text: "Up", reactions, ...thread })).toBe(
      "**Ann Lee** (09:00): Up\n\nReactions: :tada:×3 :eyes:×1\n\nThread: [2 answers](https://quarry.slack.com/archives/C1/p1772528400000100)",
    );
    expect(block({ text: "Up", ...thread, reply_count: 1 })).toContain("[1 answer]");
    expect(block({ text: "Up", ...thread }, true)).toBe("**Ann Lee** (09:00): Up");
    expect(block({ text: "Too", thread_ts: "1772528000.000100" })).toContain(
      "Also sent in a [thread](https://quarry.slack.com/archives/C1/p1772528000000100)",
    );
  });
});

describe("a conversation", () => {
  const place = { id: "C1", name: "general", topic: "Stones & rope", isPrivate: false, workspace: "Quarry" };
  const later = (ts: string, text: string, user = "U1") => message({ ts, text, user });
  const talk = [
    later("1772528400.000100", "<@U2> see <https://x.example|*this*>"),
    later("1772614800.000100", "Next day", "U2"),
  ];

  test("is titled by its place, its day and its first words, and has a heading a day", () => {
    const artifact = conversationArtifact("slack:conv:C1:1", place, talk, scene, false);
    expect(artifact.title).toStartWith("#general, 2026-03-03: @b*b see");
    expect(artifact.markdown).toStartWith(
      "#general (channel) of Quarry  \nTopic: Stones & rope  \nPeople: Ann Lee, b\\*b\n\n## 2026-03-03\n\n**Ann Lee**",
    );
    expect(artifact.markdown).toContain("\n\n## 2026-03-04\n\n**b\\*b** (09:00): Next day\n");
    expect(artifact).toMatchObject({
      author: "Ann Lee, b*b",
      artifactDate: "2026-03-04T09:00:00.000Z",
      url: `${scene.link}/p1772528400000100`,
    });
    expect(artifact.metadata).toMatchObject({
      participants: ["Ann Lee", "b*b"],
      messages: 2,
      sequence: { container: "C1" },
    });
  });

  test("that is a thread is titled by what began it, where that still says something", () => {
    const title = (messages: typeof talk) => conversationArtifact("t", place, messages, scene, true).title;
    expect(title([later("1772528400.000100", "Who has the *long* rope?")])).toBe(
      "Who has the long rope? (thread in #general)",
    );
    const gone = message({ subtype: "tombstone", text: "This message was deleted." });
    expect(title([gone, later("1772528460.000100", "Found it")])).toBe("Found it (thread in #general)");
    expect(title([gone])).toBe("Thread of 2026-03-03 (thread in #general)");
  });
});
