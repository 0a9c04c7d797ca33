import { expect, test } from "bun:test";
import { messageIn } from "./mcp";

test("an answer is read as JSON and as an event, the last one counting", () => {
  expect(messageIn('{"result":1}')).toEqual({ result: 1 });
  expect(messageIn('event: message\ndata: {"result":{"text":"data: no"}}\n\n')).toEqual({
    result: { text: "data: no" },
  });
  expect(messageIn('data: {"a":1}\n\ndata: {"b":2}\n\n')).toEqual({ b: 2 });
  expect(() => messageIn("<html>")).toThrow();
});
