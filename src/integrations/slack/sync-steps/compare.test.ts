import { describe, expect, test } from "bun:test";
import type { MessagesAnswer } from "../models/api";
import { compare, peopleIn } from "./compare";

const key = { account: "Quarry", channelId: "C1" };
const names = { user: (id: string) => (id === "U1" ? "Ann" : undefined), channel: () => undefined };
const ts = (seconds: number) => `17725284${String(seconds).padStart(2, "0")}.000100`;
type Answered = MessagesAnswer["messages"];
const said = (seconds: number, text: string, more: Record<string, unknown> = {}): Answered[number] => ({
  ts: ts(seconds),
  text,
  user: "U1",
  ...more,
});
const against = (answered: Answered, stored: Answered = []) =>
  compare(key, names, answered, [...compare(key, names, stored, []).written.values()]);

describe("a page of messages against what is stored", () => {
  test("writes what is new and what differs in anything that is shown, and leaves the rest", () => {
    const stored = [said(1, "One"), said(2, "Two"), said(3, "Three")];
    const { written, deleted, failures } = against(
      [
        said(1, "One", { team: "T0", client_msg_id: "new each time", user_profile: { name: "x" } }),
        said(2, "Two!", { edited: { user: "U1", ts: ts(9) } }),
        said(3, "Three", { reactions: [{ name: "tada", count: 1, users: ["U1"] }] }),
        said(4, "Four"),
      ],
      stored,
    );
    expect([...written.keys()]).toEqual([ts(2), ts(3), ts(4)]);
    expect(written.get(ts(2))).toMatchObject({
      text: "Two!",
      authorName: "Ann",
      editedAt: "2026-03-03T09:00:09.000Z",
    });
    expect([deleted.size, failures]).toEqual([0, []]);
  });

  test("takes for gone what is stored and not given, but not what merely cannot be read", () => {
    const strange = { ...said(2, "Two"), reactions: "many", files: 7, blocks: null };
    const { gone, deleted, written } = against([strange], [said(1, "One"), said(2, "Two")]);
    expect([gone.map(({ id }) => id), [...deleted], written.size]).toEqual([[ts(1)], [ts(1)], 0]);
  });

  test("names the message that has an unknown shape, and where", () => {
    const { written, failures } = against([said(1, "One"), { ts: ts(2), thread_ts: 5, text: {} }]);
    expect([...written.keys()]).toContain(ts(1));
    for (const { key: failed, reason } of failures)
      expect([failed, reason]).toEqual([
        `slack:message:${ts(2)}`,
        expect.stringContaining("shape that is not known"),
      ]);
  });

  test("tells what begins a thread, what answers in one, and what is shown in the channel", () => {
    const { written } = against([
      said(1, "Plain"),
      said(2, "Begins", { thread_ts: ts(2), reply_count: 1 }),
      said(3, "Answers", { thread_ts: ts(2) }),
      said(4, "To all", { thread_ts: ts(2), subtype: "thread_broadcast" }),
    ]);
    expect([...written.values()].map((row) => [row.threadId, row.inChannel, row.threadPending])).toEqual([
      [null, true, false],
      [ts(2), true, true],
      [ts(2), false, false],
      [ts(2), true, false],
    ]);
  });

  test.each<[string, boolean]>([
    ["channel_join", false],
    ["group_topic", false],
    ["pinned_item", false],
    ["bot_add", false],
    ["me_message", true],
    ["file_comment", true],
    ["of_tomorrow", true],
  ])("of %p says something to look for: %p", (subtype, isSaid) =>
    expect(against([said(1, "x", { subtype })]).written.get(ts(1))?.said).toBe(isSaid),
  );
});

test("people are those who wrote, and those who are spoken of", () => {
  const found = peopleIn([
    { ts: "1", user: "U1", text: "<@U2> and <@W3|old> but not U4" },
    { ts: "2", user: "", text: 5 },
  ]);
  expect([...found]).toEqual(["U1", "U2", "W3"]);
});
