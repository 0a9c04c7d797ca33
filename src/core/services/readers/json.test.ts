import { describe, expect, test } from "bun:test";
import { readWhole } from "./fixtures";

describe("JSON", () => {
  test("objects with a title and a text become sections with their plain fields", async () => {
    const one = { title: "Leave policy", owner: "HR", tags: ["a", "b"], body: "Twenty days.\n\nMore." };
    expect(await readWhole("a.json", JSON.stringify(one))).toMatchObject({
      title: "Leave policy",
      markdown: "# Leave policy\n\n- **owner:** HR\n- **tags:** a, b\n\nTwenty days.\n\nMore.",
      kind: "document",
    });
    const list = [one, { name: "Second", description: "Text" }];
    const read = await readWhole("list.json", JSON.stringify(list));
    expect(read.title).toBe("list");
    expect(read.markdown).toContain("\n\n## Second\n\nText");
  });

  test("anything else is indented and fenced", async () => {
    expect((await readWhole("a.json", '{"a":[1,{"b":null}]}')).markdown).toBe(
      '```json\n{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ]\n}\n```',
    );
  });

  test("broken or 10,000 deep JSON is shown as it is", async () => {
    expect((await readWhole("a.json", '{"a": ')).markdown).toBe('```json\n{"a": \n```');
    const deep = "[".repeat(10_000) + "]".repeat(10_000);
    expect((await readWhole("a.json", deep)).markdown).toBe(`\`\`\`json\n${deep}\n\`\`\``);
  });

  test("a long one is cut with a visible note", async () => {
    const long = JSON.stringify(Array.from({ length: 40_000 }, (_, at) => at));
    const { markdown } = await readWhole("a.json", long);
    expect(markdown.length).toBeLessThan(201_000);
    expect(markdown).toMatch(
      /> \*\*Cut here\.\*\* The text has [\d,]+ characters; the first [\d,]+ are shown\.$/,
    );
  });
});

describe("JSON lines", () => {
  test("messages become one block each, whatever their fields are called", async () => {
    const lines = [
      { user: "ada", ts: "2026-05-01T09:00:00Z", text: "Hello" },
      { role: "assistant", content: [{ type: "text", text: "Hi there" }] },
      { type: "x", message: { role: "user", content: "Nested" } },
    ];
    const read = await readWhole("chat.jsonl", lines.map((line) => JSON.stringify(line)).join("\n"));
    expect(read.markdown).toBe(
      "**ada** (2026-05-01T09:00:00Z)\n\nHello\n\n**assistant**\n\nHi there\n\n**user**\n\nNested",
    );
    expect(read.metadata).toMatchObject({ records: 3 });
  });

  test("lines that are none stay in a fence where they stood", async () => {
    const read = await readWhole("a.jsonl", '{"x":1}\nnot json\n\n{"title":"T","text":"B"}\n{"y":2}');
    expect(read.markdown).toBe('```json\n{"x":1}\nnot json\n```\n\n## T\n\nB\n\n```json\n{"y":2}\n```');
  });
});

describe("notebooks", () => {
  test("keep text and code, without outputs", async () => {
    const notebook = {
      cells: [
        { cell_type: "markdown", source: ["# Study\n", "Words"] },
        { cell_type: "code", source: "print(1)", outputs: [{ text: "1" }] },
      ],
      metadata: { language_info: { name: "python" } },
    };
    expect(await readWhole("a.ipynb", JSON.stringify(notebook))).toMatchObject({
      title: "Study",
      markdown: "# Study\nWords\n\n```python\nprint(1)\n```",
    });
    expect((await readWhole("a.ipynb", "[1]")).markdown).toContain("```json");
    expect((await readWhole("a.ipynb", "{")).markdown).toContain("```json");
  });
});
