/** A call's rows for SQL: numbers that add up, whatever Gong leaves out. */
import { describe, expect, test } from "bun:test";
import { callSchema, monologueSchema } from "../models/models";
import { rowsOf } from "./rows";

const id = "12345678901234567890";

function rowsFor(call: Record<string, unknown>, said: [speakerId: string | null, text: string][] = []) {
  const transcript = said.map(([speakerId, text], index) =>
    monologueSchema.parse({ speakerId, sentences: [{ start: index, text }] }),
  );
  const parsed = callSchema.parse({ metaData: { id }, ...call });
  return rowsOf("acme", { id, call: parsed, transcript, detailsHash: "d", transcriptHash: null });
}

describe("words spoken", () => {
  const parties = [
    { name: "Ana", speakerId: "1" },
    { name: "Bo", speakerId: "2" },
    { name: "Invited", speakerId: null },
    { name: "Silent" },
    { name: "Empty", speakerId: "" },
  ];

  test("are those of the speaker, over all turns", () => {
    const { parties: rows } = rowsFor({ parties }, [
      ["1", "one two"],
      ["2", "  three\nfour  five "],
      ["1", "six"],
    ]);
    expect(rows.map(({ name, wordsSpoken }) => [name, wordsSpoken])).toEqual([
      ["Ana", 3],
      ["Bo", 3],
      ["Invited", 0],
      ["Silent", 0],
      ["Empty", 0],
    ]);
  });

  test("are counted in languages that write no spaces as well", () => {
    const { parties: rows } = rowsFor({ parties }, [
      ["1", "クレーンはいつ戻りますか。"],
      ["2", "one two"],
    ]);
    expect(rows[0]?.wordsSpoken).toBeGreaterThan(3);
    expect(rows[1]?.wordsSpoken).toBe(2);
  });

  test("of someone whom Gong cannot name count for the call, and for no participant", () => {
    const { call, parties: rows } = rowsFor({ parties }, [
      [null, "who is this"],
      ["77", "dialled in"],
      ["1", "hello"],
    ]);
    expect(call.words).toBe(6);
    expect(rows.map(({ wordsSpoken }) => wordsSpoken)).toEqual([1, 0, 0, 0, 0]);
  });
});

describe("participants", () => {
  test("keep their place, are named as well as can be, and are there or invited", () => {
    const { parties } = rowsFor({
      parties: [
        { emailAddress: "bo@tidewater.example", methods: ["Invitee"], title: "Buyer" },
        { methods: ["Invitee", "Attendee"], affiliation: "External" },
        { name: " Cy\n  L ", userId: "u3" },
        { name: 7, speakerId: "4", methods: ["Invitee"] },
      ],
    });
    expect(parties.map(({ position, name, attended }) => [position, name, attended])).toEqual([
      [0, "bo@tidewater.example", false],
      [1, "Speaker 1", true],
      [2, "Cy L", true],
      [3, "Speaker 2", true],
    ]);
    expect(parties[0]).toMatchObject({ email: "bo@tidewater.example", jobTitle: "Buyer", affiliation: null });
    expect(parties[2]).toMatchObject({ userId: "u3", email: null });
  });
});

describe("topics and trackers", () => {
  test("that came up are one row a name and kind, with whole numbers", () => {
    const { topics } = rowsFor({
      content: {
        topics: [
          { name: "Pricing", duration: 59.6 },
          { name: "Pricing", duration: 12 },
          { name: "Start" },
          { name: "Small talk", duration: 0 },
        ],
        trackers: [{ name: "Pricing", count: 2 }, { name: "Risk", count: 0 }, { count: 3 }],
      },
    });
    expect(topics.map(({ kind, name, mentions, seconds }) => [kind, name, mentions, seconds])).toEqual([
      ["topic", "Pricing", null, 12],
      ["topic", "Start", null, null],
      ["tracker", "Pricing", 2, null],
    ]);
  });
});

test("a call of which Gong tells nothing but its id has a row that says so", () => {
  const { call, parties, topics } = rowsFor({});
  expect({ parties, topics }).toEqual({ parties: [], topics: [] });
  expect(call).toMatchObject({
    account: "acme",
    callId: id,
    title: `Call ${id}`,
    started: null,
    durationSeconds: null,
    hostUserId: null,
    isPrivate: false,
    words: 0,
  });
});
