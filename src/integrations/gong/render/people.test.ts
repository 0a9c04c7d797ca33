import { describe, expect, test } from "bun:test";
import { callSchema, partySchema } from "../models/models";
import { attended, peopleOf, sideOf } from "./people";

const users = new Map([["u1", "Ana Silva"]]);
const of = (...parties: unknown[]) =>
  peopleOf(callSchema.parse({ metaData: { id: "1" }, parties }), { users });
const sideOne = (party: unknown) => of(party).map(sideOf)[0];

describe("a participant's name", () => {
  test("is the call's, else the company's directory's, else the address; who has none is numbered", () => {
    const parties = [
      { name: "Bo Lind", userId: "u1", emailAddress: "bo@x.example" },
      { name: "  ", userId: "u1" },
      { userId: "u2", emailAddress: "cy@x.example" },
      {},
      { name: null },
    ];
    expect(of(...parties).map(({ name }) => name)).toEqual([
      "Bo Lind",
      "Ana Silva",
      "cy@x.example",
      "Speaker 1",
      "Speaker 2",
    ]);
  });

  test("is one line without what nobody sees", () => {
    expect(of({ name: "Bo\u202E\nLind\u0007" })[0]?.name).toBe("Bo Lind");
  });
});

describe("where somebody works", () => {
  test.each([
    [{ affiliation: "Internal", emailAddress: "ana@us.example" }, "internal"],
    [{ affiliation: "External", emailAddress: "bo@Tidewater.Example" }, "tidewater.example"],
    [{ affiliation: "External", emailAddress: "cy@gmail.com" }, "external"],
    [{ affiliation: "External", emailAddress: "cy@gmail.company.example" }, "external"],
    [{ affiliation: "External", emailAddress: "cy@gmx.de" }, "external"],
    [{ affiliation: "Unknown", emailAddress: "dee@harbour.example" }, "harbour.example"],
    [{ affiliation: "Unknown" }, ""],
    [{}, ""],
    [{ affiliation: "External", emailAddress: "not an address" }, "external"],
  ])("%j is %p", (party, side) => expect(sideOne(party)).toBe(side));
});

describe("who took part", () => {
  test.each([
    [{ methods: ["Invitee"] }, false],
    [{ methods: ["Invitee", "Attendee"] }, true],
    [{ methods: ["Invitee"], speakerId: "7" }, true],
    [{ methods: [] }, true],
    [{}, true],
  ])("%j: %p", (party, was) => expect(attended(partySchema.parse(party))).toBe(was));
});
