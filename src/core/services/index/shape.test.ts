import { expect, test } from "bun:test";
import { shapeOf } from "./shape";

test("turns in a document tell a conversation", () => {
  expect(shapeOf("document", "# Chat\n\nAnn: hello there\nBob Lee: hi Ann\n", 5)).toBe("conversation");
});

test("many words of turns tell a transcript", () => {
  expect(shapeOf("document", "**Ann:** hello\n".repeat(50), 9_000)).toBe("transcript");
});

test("turns that tell their time are turns", () => {
  for (const [one, two] of [
    ["**Ann** (08:50): hello there", "**Bob Lee** (08:51): hi Ann"],
    ["[00:31] Ann: hello there", "[01:02] Bob: hi Ann"],
    ["12/03/2024, 10:11 - Ann: hello there", "12/03/2024, 10:12 - Bob: hi Ann"],
    ["[12.03.24, 10:11:12] Ann: hello", "[12.03.24, 10:12:40] Bob: hi"],
  ])
    expect(shapeOf("document", `# Chat\n\n${one}\n\n${two}\n`, 6)).toBe("conversation");
});

test("lines of a log are no turns", () => {
  const log = "2026-11-26 10:03:12 INFO: started\n2026-11-26 10:03:13 ERROR: no disk\n".repeat(3);
  expect(shapeOf("document", log, 24)).toBe("document");
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
