import { expect, test } from "bun:test";
import { sequencePlace } from "./sequence";

test("an id that counts up says its place", () => {
  expect(sequencePlace("chat-7/message:12")).toEqual({ container: "chat-7/message:", position: 12 });
  expect(sequencePlace("call/part-003.md")).toEqual({ container: "call/part-", position: 3 });
  expect(sequencePlace("C01/1700000000.0042")).toEqual({ container: "C01/", position: 1_700_000_000.004_2 });
});

test("another id has no place", () => {
  expect(sequencePlace("handbook/travel.md")).toBeUndefined();
  expect(sequencePlace("")).toBeUndefined();
});
