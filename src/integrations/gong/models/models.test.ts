/** What Gong answers, read so that a value of a new kind costs that value alone. */
import { describe, expect, test } from "bun:test";
import { callSchema, callsPageSchema, startOf, transcriptsPageSchema, usersPageSchema } from "./models";
import { gongOptionsSchema } from "./options";

const call = (metaData: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  callSchema.parse({ metaData: { id: "1", ...metaData }, ...more });

describe("when a call began", () => {
  test.each([
    ["text with an offset", { started: "2026-03-01T09:00:00+01:00" }, "2026-03-01T08:00:00.000Z"],
    ["seconds, as in the specification's examples", { started: 1_518_863_400 }, "2018-02-17T10:30:00.000Z"],
    ["milliseconds", { started: 1_518_863_400_000 }, "2018-02-17T10:30:00.000Z"],
    ["when it was planned", { scheduled: "2026-03-01T08:00:00Z" }, "2026-03-01T08:00:00.000Z"],
    [
      "the beginning rather than the plan",
      { started: "2026-03-01T08:07:00Z", scheduled: "2026-03-01T08:00:00Z" },
      "2026-03-01T08:07:00.000Z",
    ],
    ["nothing", {}, undefined],
    ["words", { started: "soon" }, undefined],
    ["something else", { started: { at: 1 } }, undefined],
  ])("may be told by %s", (_, metaData, expected) => expect(startOf(call(metaData))).toBe(expected));
});

describe("a call", () => {
  test("of which every field is odd is one with its id alone", () => {
    const odd = call(
      { title: 7, duration: "long", isPrivate: "yes", language: [], workspaceId: 12 },
      { context: "none", parties: { a: 1 }, content: "brief", interaction: 3, collaboration: [] },
    );
    expect(odd).toMatchObject({ metaData: { id: "1" }, context: [], parties: [] });
    const { title, duration, isPrivate, workspaceId } = odd.metaData;
    expect([title, duration, isPrivate, workspaceId, odd.content, odd.collaboration]).toEqual(
      Array.from({ length: 6 }),
    );
  });

  test("keeps what is known of a list in which one entry is odd", () => {
    const { content, parties } = call(
      {},
      {
        content: {
          keyPoints: [{ odd: 1 }, { text: "Kept." }, null],
          outline: [{ section: "A", startTime: "x", items: [{ text: "b" }, 4] }],
          trackers: [{ name: "Risk", count: null }],
        },
        parties: ["Ana", { name: "Bo", methods: ["Attendee", 3] }],
      },
    );
    expect(content?.keyPoints.map(({ text }) => text)).toEqual(["Kept."]);
    expect(content?.outline[0]).toMatchObject({ section: "A", items: [{ text: "b" }] });
    expect(content?.trackers).toMatchObject([{ name: "Risk", count: null }]);
    expect(parties).toMatchObject([{ name: "Bo", methods: ["Attendee"] }]);
  });

  test("without an id is none: it could not be told from others", () => {
    expect(callSchema.safeParse({ metaData: { title: "Nameless" } }).success).toBe(false);
    expect(callSchema.safeParse({ metaData: { id: "" } }).success).toBe(false);
    // A number has lost its last digits by now.
    expect(callSchema.safeParse({ metaData: { id: 1.2e19 } }).success).toBe(false);
  });
});

describe("a page", () => {
  test("of calls lets each call be read by itself, also without records", () => {
    expect(callsPageSchema.parse({ calls: [1, { metaData: {} }] })).toMatchObject({
      calls: [1, { metaData: {} }],
    });
    expect(callsPageSchema.safeParse({ records: {} }).success).toBe(false);
  });

  test("of transcripts and people wants ids, and forgives the rest", () => {
    const { callTranscripts } = transcriptsPageSchema.parse({
      records: { cursor: 5, totalRecords: 1 },
      callTranscripts: [{ callId: "1", transcript: [{ speakerId: 3, sentences: [{ text: "a" }, {}] }] }],
    });
    expect(callTranscripts[0]?.transcript[0]).toMatchObject({ sentences: [{ text: "a" }] });
    expect(callTranscripts[0]?.transcript[0]?.speakerId).toBeUndefined();
    expect(usersPageSchema.parse({ users: [{ id: "u", active: "no" }] }).users[0]?.active).toBeUndefined();
    expect(usersPageSchema.safeParse({ users: [{ firstName: "Ana" }] }).success).toBe(false);
  });
});

test("settings that were left empty are none", () => {
  expect(gongOptionsSchema.parse({})).toEqual({ workspaces: [], private: false });
  expect(gongOptionsSchema.parse({ workspaces: "Sales, 123", private: "yes" })).toMatchObject({
    workspaces: ["Sales", "123"],
    private: true,
  });
  expect(gongOptionsSchema.safeParse({ private: "perhaps" }).success).toBe(false);
  expect(gongOptionsSchema.safeParse({ since: "2999-01-01" }).success).toBe(false);
});
