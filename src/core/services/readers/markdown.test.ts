import { describe, expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { readWhole } from "./fixtures";
import { splitFrontMatter } from "./front-matter";

describe("markdown files", () => {
  test("stay as they are, with the first heading as the title", async () => {
    const text = "# Hello *world*\n\nSome `code` and  spaces.\n\n| a |\n| - |\n| 1 |";
    expect(await readWhole("notes/hello.md", text)).toEqual({
      title: "Hello world",
      markdown: text,
      kind: "document",
      metadata: { charset: "utf-8" },
    });
  });

  test("give their front matter to title, author, date, address and metadata", async () => {
    const text =
      "---\ntitle: The plan\nauthors: [Ada, {name: Bob}]\ndate: 2026-05-01\ntags: a, b\n" +
      "url: https://example.com/plan\ndraft: true\n---\n\n# Heading\n";
    const read = await readWhole("plan.md", text);
    expect(read).toMatchObject({
      title: "The plan",
      markdown: "# Heading",
      author: "Ada, Bob",
      artifactDate: "2026-05-01T00:00:00.000Z",
      url: "https://example.com/plan",
    });
    expect(read.metadata).toMatchObject({ tags: ["a", "b"], bodyStartsAtLine: 10 });
    expect(read.metadata["frontMatter"]).toMatchObject({ draft: true, date: "2026-05-01" });
  });

  test("keep a block that is no YAML in sight and say so", async () => {
    const text = "---\ntitle: [broken\nother: {\n---\nbody";
    const read = await readWhole("a.md", text);
    expect(read.markdown).toBe(text);
    expect(read.metadata["frontMatter"]).toBe("unreadable");
  });

  test("may begin with a rule without it being front matter", async () => {
    const text = "---\n\nJust prose here.\n\n---\n\nMore.";
    expect((await readWhole("a.md", text)).markdown).toBe(text);
    expect(splitFrontMatter("---\nnever closed: yes\n")).toBeUndefined();
  });

  test("may have empty front matter, or nothing else", () => {
    expect(splitFrontMatter("---\n---\nbody")).toEqual({ fields: {}, body: "body", bodyStartsAtLine: 3 });
    expect(splitFrontMatter("---\na: 1\n---")).toMatchObject({ fields: { a: 1 }, body: "" });
  });

  test("do not unfold aliases without end, nor fall over deep nesting", () => {
    const layers = Array.from({ length: 9 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(9)}]`);
    expect(splitFrontMatter(`---\nl0: &l0 [x]\n${layers.join("\n")}\n---\n`)).toBe("unreadable");
    expect(splitFrontMatter(`---\na: ${"[".repeat(20_000)}\n---\n`)).toBe("unreadable");
  });

  test("look at brackets that never close in one walk", async () => {
    const text = `---\na: ${"[ x ".repeat(20)}${"y ".repeat(20_000)}\n---\nbody`;
    expect(await cpuTimeOf(() => expect(splitFrontMatter(text)).toBe("unreadable"))).toBeLessThan(2_000);
    expect(splitFrontMatter(`---\na: ${"[{b: ".repeat(8)}1${"}]".repeat(8)}\n---\n`)).toMatchObject({
      fields: {},
    });
  });

  test("ignore an address that is none", async () => {
    expect((await readWhole("a.md", "---\nurl: /blog/one\ndate: soon\n---\nx")).url).toBeUndefined();
  });
});
