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

test("lines of a log are no turns, whoever writes them", () => {
  for (const line of [
    "2024-03-30T13:03:32Z DEBUG upstream timed out: connection 12",
    "2024-03-30T13:03:32Z WARN TypeError: Cannot read properties",
    "10:03:12 ERROR app.main: no disk",
    "INFO worker: started",
    "error: no such file",
    "NullPointerException: it was null",
    "TS2322: Type 'Foo' is not assignable to type 'Bar'.",
    "ORA-00942: table or view does not exist",
  ])
    expect([line, shapeOf("document", `${line}\n${line}\n`, 12)]).toEqual([line, "document"]);
});

test("settings and code are no turns", () => {
  for (const text of [
    "sku: AKR-1234\nprice: 3\ncity: Rome\n",
    "- name: DB_HOST\n  value: localhost\n- name: DB_PORT\n  value: 5432\n",
    "    readonly ssthresh: bigint;\n",
    "type Call = {\n  name: string;\n  kind: string;\n  when: Date;\n}\n",
    "event: completion\ndata: {}\n\nevent: error\ndata: {}\n",
  ])
    expect([text, shapeOf("document", text, 8)]).toEqual([text, "document"]);
});

test("names in small letters, of parts and with a number speak", () => {
  for (const text of [
    "user: which plan do we have?\nassistant: the large one, since May\n",
    "ben: did anybody see the projector\nnoor: it is in the blue room\n",
    "SPEAKER_01: hello there\nSPEAKER_02: hi\n",
    "P1: hello there\nP2: hi\n",
    "  - Ann: hello there\n  - Bob: hi\n",
  ])
    expect([text, shapeOf("document", text, 8)]).toEqual([text, "conversation"]);
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
