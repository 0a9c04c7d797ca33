import { expect, test } from "bun:test";
import { sequencePlace, statedPlace } from "./sequence";

test("an id that counts up says its place", () => {
  expect(sequencePlace("chat-7/message:12")).toEqual({ container: "chat-7/message:", position: 12 });
  expect(sequencePlace("call/part-003.md")).toEqual({ container: "call/part-", position: 3 });
  expect(sequencePlace("C01/1700000000.0042")).toEqual({ container: "C01/", position: 1_700_000_000.004_2 });
});

test("another id has no place", () => {
  expect(sequencePlace("handbook/travel.md")).toBeUndefined();
  expect(sequencePlace("")).toBeUndefined();
});

test("a place that a source states is taken, and nothing else for one", () => {
  expect(statedPlace('{"container":"chat-7","position":12.5}')).toEqual({
    container: "chat-7",
    position: 12.5,
  });
  for (const other of [null, undefined, "", "7", '{"container":"x"}', "{broken"])
    expect(statedPlace(other)).toBeUndefined();
});
