/** Text as Jira gives it. */
const text = (words: string, ...marks: object[]) => ({
  type: "text",
  text: words,
  ...(marks.length > 0 && { marks }),
});
const paragraph = (...content: object[]) => ({ type: "paragraph", content });
export const doc = (...content: object[]) => ({ type: "doc", version: 1, content });

/** A sentence, and code below it where there is any. */
export function adf(words: string, code?: string) {
  const block = { type: "codeBlock", attrs: { language: "ts" }, content: [text(code ?? "")] };
  return doc(paragraph(text(words)), ...(code === undefined ? [] : [block]));
}

/** A text of more than a megabyte. */
export function bulk() {
  const line = "The crane moved once more over the harbour. ".repeat(100).trim();
  return { line, document: doc(...Array.from({ length: 300 }, () => paragraph(text(line)))) };
}

const item = (...content: object[]) => ({ type: "listItem", content });
const cell = (type: string, words: string) => ({ type, attrs: {}, content: [paragraph(text(words))] });

/** One of most kinds of nodes and marks that people use. */
export const runbook = doc(
  { type: "heading", attrs: { level: 1 }, content: [text("When the gate leaks")] },
  paragraph(
    text("Call "),
    { type: "mention", attrs: { id: "712020:1", text: "@Bo Lindqvist", accessLevel: "" } },
    text(" before "),
    { type: "date", attrs: { timestamp: "1767225600000" } },
    text("; the state is "),
    { type: "status", attrs: { text: "OPEN", color: "red" } },
    text(". Read "),
    text("the plan", { type: "link", attrs: { href: "https://acme.example/plan" } }),
    text(", "),
    text("all", { type: "strong" }),
    text(" of it, not "),
    text("javascript", { type: "link", attrs: { href: "javascript:alert(1)" } }),
    text(" "),
    { type: "emoji", attrs: { shortName: ":anchor:", text: "⚓" } },
  ),
  {
    type: "panel",
    attrs: { panelType: "warning" },
    content: [paragraph(text("Nobody enters before the pumps run."))],
  },
  {
    type: "orderedList",
    attrs: { order: 1 },
    content: [
      item(paragraph(text("Close "), text("valve 7", { type: "code" }))),
      item(paragraph(text("Then:")), { type: "bulletList", content: [item(paragraph(text("drain")))] }),
    ],
  },
  {
    type: "taskList",
    attrs: { localId: "a" },
    content: [
      { type: "taskItem", attrs: { localId: "b", state: "DONE" }, content: [text("Order steel")] },
      { type: "taskItem", attrs: { localId: "c", state: "TODO" }, content: [text("Weld <b>it</b>")] },
    ],
  },
  {
    type: "decisionList",
    attrs: {},
    content: [{ type: "decisionItem", attrs: { state: "DECIDED" }, content: [text("Steel.")] }],
  },
  {
    type: "table",
    attrs: {},
    content: [
      { type: "tableRow", content: [cell("tableHeader", "Pump"), cell("tableHeader", "Litres a minute")] },
      { type: "tableRow", content: [cell("tableCell", "4"), cell("tableCell", "1,200")] },
    ],
  },
  { type: "codeBlock", attrs: { language: "bash" }, content: [text('pumps --dock 3 && echo "dry"')] },
  { type: "expand", attrs: { title: "Older notes" }, content: [paragraph(text("Painted in May."))] },
  {
    type: "mediaSingle",
    attrs: {},
    content: [{ type: "media", attrs: { type: "file", id: "f", alt: "gate.png" } }],
  },
  { type: "blockCard", attrs: { url: "https://acme.atlassian.net/browse/DOCK-1" } },
);
