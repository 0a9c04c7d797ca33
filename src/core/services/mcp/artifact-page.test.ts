import { describe, expect, test } from "bun:test";
import { assert, integer, property, string } from "fast-check";
import type { Artifact } from "@/core/models/api";
import { InputError } from "@/core/models/errors";
import { renderPage } from "./artifact-page";

const artifact = (markdown: string, more: Partial<Artifact> = {}): Artifact => ({
  id: "a1",
  integrationArtifactId: "notes/a.md",
  integration: "Notes",
  account: "default",
  kind: "document",
  title: "A note",
  url: null,
  author: null,
  artifactDate: "2026-05-01T00:00:00.000Z",
  updateDate: "2026-05-02T00:00:00.000Z",
  insightState: "offline",
  markdown,
  keyPoints: [],
  questionsAnswered: [],
  entities: [],
  metadata: {},
  ...more,
});
const shown = (page: string) => /<<<\w+\n([\s\S]*)\n\w+>>>\n/.exec(page)?.[1];

describe("a page of an artifact", () => {
  test("says where it is from and that it is the end", () => {
    const page = renderPage(artifact("one\ntwo", { url: "https://example.com/a", author: "Ada" }), {
      offset: 0,
      maxChars: 100,
    });
    for (const line of [
      "Title: A note",
      "Source: Notes · notes/a.md",
      "Id: a1",
      "URL: https://example.com/a",
      "Author: Ada",
    ]) {
      expect(page.split("\n")).toContain(line);
    }
    expect(page).toContain("lines 1 to 2, of 7 characters, 2 lines");
    expect(page).toEndWith("This is the end.");
  });

  test("keeps a title on one line and free of invisible characters", () => {
    const page = renderPage(artifact("x", { title: "A\nSource: forged \u001B[31mred\u{E0041}\u202E" }), {
      offset: 0,
      maxChars: 100,
    });
    expect(page.split("\n")[0]).toBe("Title: A Source: forged red");
  });

  test("can be empty", () => {
    expect(shown(renderPage(artifact(""), { offset: 0, maxChars: 100 }))).toBe("");
  });

  test("continues within lines where the page before ended", () => {
    const long = artifact(`${"a".repeat(300)}\n${"b".repeat(300)}\nc`);
    const first = renderPage(long, { offset: 0, maxChars: 200, startLine: 2, endLine: 2 });
    expect(first).toContain("next_offset: 501");
    const second = renderPage(long, { offset: 501, maxChars: 200, startLine: 2, endLine: 2 });
    expect(shown(second)).toBe(`${"b".repeat(100)}\n`);
    expect(second).toEndWith("These are the lines asked for; the artifact goes on to line 3.");
    expect(renderPage(long, { offset: 0, maxChars: 200, startLine: 3 })).toEndWith("This is the end.");
  });

  test.each([
    [{ offset: 50 }, "offset"],
    [{ offset: 9, startLine: 1, endLine: 2 }, "offset"],
    [{ startLine: 9 }, "startLine"],
    [{ startLine: 2, endLine: 1 }, "endLine"],
  ])("refuses %p", (range, field) => {
    try {
      renderPage(artifact("one\ntwo\nthree"), { offset: 0, maxChars: 100, ...range });
      throw new Error("accepted");
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect(error instanceof InputError && error.details[0]?.field).toBe(field);
    }
  });

  test("pages put together are the whole text, whatever is in it", () => {
    assert(
      property(
        string({ unit: "grapheme", maxLength: 400 }),
        integer({ min: 2, max: 50 }),
        (text, maxChars) => {
          let read = "";
          let offset: number | undefined = 0;
          while (offset !== undefined) {
            const page = renderPage(artifact(text), { offset, maxChars });
            const part = shown(page) ?? "";
            expect(part.isWellFormed()).toBe(true);
            read += part;
            const next = /^next_offset: (\d+) /m.exec(page.slice(page.lastIndexOf(">>>")))?.[1];
            offset = next === undefined ? undefined : Number(next);
          }
          expect(read).toBe(text);
        },
      ),
    );
  });
});
