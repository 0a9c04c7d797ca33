import { expect, test } from "bun:test";
import { shapeOf } from "./shape";

test("turns in a document tell a conversation", () => {
  expect(shapeOf("document", "# Chat\n\nAnn: hello there\nBob Lee: hi Ann\n", 5)).toBe("conversation");
});

test("many words of turns tell a transcript", () => {
  expect(shapeOf("document", "**Ann:** hello\n".repeat(50), 9_000)).toBe("transcript");
});

test("prose stays a document, even with a colon here and there", () => {
  expect(shapeOf("document", "Note: this is one line.\nAnd here is another.\nAnd one more.", 12)).toBe(
    "document",
  );
  expect(shapeOf("document", "", 0)).toBe("document");
});

test("lines that each have a label of their own are no conversation", () => {
  const labels = ["Quality", "Price", "Speed", "Safety", "Support"];
  const text = labels.map((label) => `${label}: what we think of it.`).join("\n");
  expect(shapeOf("document", text, 30)).toBe("document");
  expect(shapeOf("document", text.replaceAll(/(?:Price|Safety|Support)/g, "Quality"), 30)).toBe(
    "conversation",
  );
});

test("what the integration says otherwise is believed", () => {
  expect(shapeOf("code", "Ann: hello\nBob: hi", 4)).toBe("code");
});
