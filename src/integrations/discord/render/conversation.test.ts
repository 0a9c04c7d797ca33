import { describe, expect, test } from "bun:test";
import { messageSchema } from "../models/api";
import { idAt } from "../models/snowflake";
import { conversationArtifact, type Place } from "./conversation";

const noon = Date.parse("2026-05-01T12:00:00.000Z");
const idOf = (minute: number) => idAt(noon + minute * 60_000);
const message = (minute: number, content: string, change: Record<string, unknown> = {}) =>
  messageSchema.parse({
    id: idOf(minute),
    type: 0,
    content,
    author: { id: "7", username: "ann", global_name: "Ann" },
    timestamp: new Date(noon + minute * 60_000).toISOString(),
    ...change,
  });
const link = "https://discord.com/channels/1/2";
const names = { user: () => undefined, role: () => undefined, channel: () => undefined };
const scene = { names, link, quote: () => undefined };
const place: Place = {
  id: "2",
  type: 0,
  name: "sea_talk",
  topic: null,
  tags: [],
  archived: false,
  server: { id: "1", name: "Quarry" },
  parent: undefined,
};
const thread: Place = { ...place, type: 11, name: "High *water*", parent: { name: "sea", type: 0 } };
const shown = (where: Place, ...said: ReturnType<typeof message>[]) =>
  conversationArtifact("discord:conv:2:1", where, said, scene);

describe("a stretch of a channel", () => {
  test("is called by its channel, its day and its first words, and leads to its first message", () => {
    const artifact = shown(place, message(0, ""), message(1, "**When** is high water?"));
    expect(artifact).toMatchObject({
      title: "#sea_talk, 2026-05-01: When is high water?",
      url: `${link}/${idOf(0)}`,
      author: "Ann",
      artifactDate: "2026-05-01T12:01:00.000Z",
      metadata: { server: "Quarry", channel: "sea_talk", messages: 2 },
    });
    expect(artifact.metadata).not.toHaveProperty("thread");
  });

  test("without a word is called by channel and day", () => {
    expect(shown(place, message(0, " ")).title).toBe("#sea_talk, 2026-05-01");
    const card = message(0, "", { embeds: [{ title: "Release 4.2" }] });
    expect(shown(place, card).title).toBe("#sea_talk, 2026-05-01: Release 4.2");
    expect(shown(place, card, message(1, "At last")).title).toBe("#sea_talk, 2026-05-01: At last");
  });

  test("names channel, topic and people above, without a heading of its own", () => {
    const { markdown } = shown({ ...place, topic: "About\nthe sea" }, message(0, "Hi."));
    expect(markdown.split("\n\n")[0]).toBe(
      "#sea\\_talk (text channel) of Quarry  \nTopic: About the sea  \nPeople: Ann",
    );
    expect(markdown).not.toMatch(/^# /m);
  });
});

describe("a thread", () => {
  test("is called by its own name and its channel's, and leads to itself", () => {
    const artifact = shown({ ...thread, tags: ["Tides"], archived: true }, message(0, "Six."));
    expect(artifact).toMatchObject({
      title: "High *water* (#sea)",
      url: link,
      metadata: { channel: "sea", thread: "High *water*", tags: ["Tides"], archived: true },
    });
    expect(artifact.markdown).toStartWith(
      "# High \\*water\\*\n\nThread in #sea of Quarry  \nTags: Tides  \nPeople: Ann",
    );
  });

  test("of a forum is a post", () => {
    const post = { ...thread, parent: { name: "help", type: 15 } };
    expect(shown(post, message(0, "Six.")).markdown).toContain("Post in #help of Quarry");
  });

  test("begins with the message of the channel that it began from", () => {
    const starter = message(-60, "Who knows?", { author: { id: "8", username: "bo" } });
    const { markdown, author, metadata } = conversationArtifact(
      "t",
      thread,
      [message(0, "I do.")],
      scene,
      starter,
    );
    expect(markdown.indexOf("Who knows?")).toBeLessThan(markdown.indexOf("I do."));
    expect([author, metadata?.["messages"]]).toEqual(["bo, Ann", 2]);
  });
});

test("days are told apart, and search knows which conversations are neighbours", () => {
  const { markdown, metadata } = shown(place, message(0, "Today."), message(24 * 60, "Tomorrow."));
  expect([...markdown.matchAll(/^## (.*)$/gm)].map(([, day]) => day)).toEqual(["2026-05-01", "2026-05-02"]);
  expect(metadata?.["sequence"]).toEqual({ container: "2", position: noon / 86_400_000 });
});
