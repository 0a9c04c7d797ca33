import { describe, expect, test } from "bun:test";
import { chatArtifact, openingWords } from "./chat-artifact";

const said = (author: string, at: string, words: string) => ({
  author,
  at,
  markdown: `**${author}**: ${words}`,
});
const chat = {
  id: "chat:conv:1:2",
  title: "#sea, 2026-05-01",
  url: "https://chat.example/1/2",
  heading: "",
  facts: ["#sea (channel)", ""],
  messages: [
    said("Ann", "2026-05-01T23:59:00.000Z", "Late."),
    said("Bo", "2026-05-02T00:01:00.000Z", "Early."),
    said("Ann", "2026-05-02T00:02:00.000Z", "Both."),
  ],
  place: { id: "1", from: Date.parse("2026-05-01T23:59:00.000Z"), until: "2026-05-02T00:02:00.000Z" },
  metadata: { channel: "sea" },
};

describe("a conversation", () => {
  test("has its facts above, and its messages under the day that each was written on", () => {
    expect(chatArtifact(chat).markdown).toBe(
      [
        "#sea (channel)  \nPeople: Ann, Bo",
        "## 2026-05-01",
        "**Ann**: Late.",
        "## 2026-05-02",
        "**Bo**: Early.",
        "**Ann**: Both.\n",
      ].join("\n\n"),
    );
  });

  test("is dated by its end, and says where among its neighbours it stands, in days", () => {
    const artifact = chatArtifact({ ...chat, heading: "# Tides" });
    expect(artifact).toMatchObject({
      integrationArtifactId: "chat:conv:1:2",
      kind: "conversation",
      author: "Ann, Bo",
      artifactDate: "2026-05-02T00:02:00.000Z",
      metadata: { channel: "sea", participants: ["Ann", "Bo"], messages: 3, sequence: { container: "1" } },
    });
    expect(artifact.markdown.startsWith("# Tides\n\n#sea")).toBe(true);
    expect(artifact.metadata?.["sequence"]).toHaveProperty("position", chat.place.from / 86_400_000);
  });

  test("of many names five as its authors and fifty as its people", () => {
    const messages = Array.from({ length: 80 }, (_, n) => said(`P${n}`, "2026-05-01T10:00:00.000Z", "Hi."));
    const { author, metadata } = chatArtifact({ ...chat, messages });
    expect(author).toBe("P0, P1, P2, P3, P4");
    expect(metadata?.["participants"]).toHaveLength(50);
  });
});

describe("the opening words", () => {
  test.each([
    [["", "  \n", "**When** is [high water](https://x.example)?"], "When is high water?"],
    [["a\nb"], "a b"],
    [[], ""],
    [["", " "], ""],
  ])("of %j are those of the first message that has any", (texts, words) =>
    expect(openingWords(texts)).toBe(words),
  );

  test("are cut where a title would end", () => {
    expect(openingWords(["word ".repeat(100)]).length).toBeLessThanOrEqual(80);
  });
});
