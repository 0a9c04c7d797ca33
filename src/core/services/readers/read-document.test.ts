import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import { docxOf, failureOf, fileOf, pdfOf, readWhole, refusalOf, wordParagraph } from "./fixtures";
import { canRead, readDocument } from "./read-document";

describe("what a file's name tells", () => {
  test("text, document, binary or nothing", () => {
    for (const path of [
      "a.md",
      "b/c.TS",
      "d.csv",
      "e.eml",
      "Dockerfile",
      "f.log",
      ".gitignore",
      "CMakeLists.txt",
    ]) {
      expect([path, canRead(path)]).toEqual([path, "text"]);
    }
    for (const path of ["a.pdf", "b.DOCX"]) expect(canRead(path)).toBe("document");
    for (const path of ["a.png", "b.zip", "c.numbers", "d.sqlite"]) expect(canRead(path)).toBe("binary");
    for (const path of ["README", "a.xyz", ".env", "a."]) expect(canRead(path)).toBe("unknown");
  });
});

describe("reading a file", () => {
  test("of source code keeps it verbatim in one fence", async () => {
    expect(await readWhole("src/a.ts", "const a = `\n\n\n\nx`;  \n")).toEqual({
      title: "a.ts",
      markdown: "```typescript\nconst a = `\n\n\n\nx`;  \n```",
      kind: "code",
      metadata: { language: "typescript", path: "src/a.ts", charset: "utf-8" },
    });
    expect((await readWhole("Dockerfile", "FROM x")).markdown).toBe("```dockerfile\nFROM x\n```");
  });

  test("of plain text keeps it; a log keeps its columns", async () => {
    expect(await readWhole("notes.txt", "One\r\ntwo\n")).toMatchObject({
      title: "notes",
      markdown: "One\ntwo",
    });
    expect((await readWhole("a.log", "10:00  up\n10:01  down\n")).markdown).toBe(
      "```log\n10:00  up\n10:01  down\n```",
    );
  });

  test("of unknown kind goes by its bytes", async () => {
    expect(await readWhole("README", "Read me")).toMatchObject({ title: "README", markdown: "Read me" });
    expect(await readDocument(fileOf("a.xyz", new Uint8Array([65, 66, 0, 67])))).toBeNull();
    expect(await readDocument(fileOf("a.xyz", new Uint8Array(100).fill(1, 0, 20).fill(65, 20)))).toBeNull();
    const utf16 = Buffer.from("\ufeffText", "utf16le");
    expect((await readWhole("a.xyz", utf16)).markdown).toBe("Text");
  });

  test("that is binary under a text's name is not read; a stray NUL does no harm", async () => {
    expect(await readDocument(fileOf("video.ts", new Uint8Array(1_000)))).toBeNull();
    expect(await readDocument(fileOf("a.png", "text"))).toBeNull();
    expect((await readWhole("a.txt", `a\0b${"c".repeat(50)}`)).markdown).toBe(`ab${"c".repeat(50)}`);
  });

  test("that is empty or blank gives an empty text of its kind", async () => {
    const kinds = { md: "document", txt: "document", html: "document", csv: "table", json: "document" };
    const more = {
      jsonl: "document",
      eml: "email",
      vtt: "transcript",
      srt: "transcript",
      py: "code",
      ipynb: "document",
    };
    for (const [extension, kind] of Object.entries({ ...kinds, ...more, log: "document", tsv: "table" })) {
      for (const content of ["", " \r\n\t\n "]) {
        const read = await readWhole(`empty.${extension}`, content);
        expect([extension, read.markdown, read.kind]).toEqual([extension, "", kind]);
      }
    }
  });

  test("in part says so at its end", async () => {
    const read = await readWhole("long.txt", "beginning", { truncated: true, size: 200_000_000 });
    expect(read.markdown).toBe(
      "beginning\n\n> **Cut here.** The file has 200 MB; the first 9 bytes are shown.",
    );
    expect(read.metadata["truncated"]).toBe(true);
    const code = await readWhole("long.py", "x = 1", { truncated: true, size: 3_000_000 });
    expect(code.markdown).toStartWith("```python\nx = 1\n```\n\n> **Cut here.** The file has 3 MB");
  });

  test("names it in an error without characters that mislead", async () => {
    expect(await refusalOf(readWhole("a\u202efdp.pdf", "x"))).toContain("afdp.pdf is damaged");
  });

  test("that is long happens beside the process's other work", async () => {
    // The reader is started and has its modules: what follows is reading alone.
    await readWhole("short.html", "<p>Words.</p>");
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    await readWhole("long.html", "<p>Some <b>bold</b> words.</p>".repeat(8_000));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  test("does not begin once the sync is called off", async () => {
    const input = fileOf("a.txt", "x", { signal: AbortSignal.abort() });
    expect(await failureOf(readDocument(input))).toMatchObject({ code: "cancelled" });
  });
});

const staysClean = async (extension: string, content: Uint8Array, truncated: boolean) => {
  const read = await readDocument(fileOf(`a.${extension}`, content, { truncated }));
  if (read === null) return;
  expect(read.markdown).not.toMatch(/[\0\r]/);
  expect(read.markdown.isWellFormed()).toBe(true);
  expect(read.title).not.toBe("");
};

describe("whatever the bytes", () => {
  const extensions = [
    "md",
    "txt",
    "html",
    "csv",
    "json",
    "jsonl",
    "eml",
    "mbox",
    "vtt",
    "srt",
    "py",
    "ipynb",
    "log",
    "xyz",
  ];

  test("a text format gives clean markdown or nothing, and never fails", async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.string({ unit: "binary", maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    );
    await fc.assert(fc.asyncProperty(fc.constantFrom(...extensions), bytes, fc.boolean(), staysClean), {
      numRuns: 400,
    });
  });

  test("a document with flipped bytes is read or refused as an item, nothing else", async () => {
    const documents = { pdf: pdfOf([[[11, 700, "Words"]]]), docx: docxOf(wordParagraph("Words")) };
    for (const [extension, whole] of Object.entries(documents)) {
      const at = fc.array(fc.nat(whole.length - 1), { minLength: 1, maxLength: 20 });
      const run = async (places: number[]) => {
        const bytes = whole.slice();
        for (const place of places) bytes[place] = 255 - (bytes[place] ?? 0);
        const outcome = await readDocument(fileOf(`a.${extension}`, bytes)).catch((error: unknown) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: "item_failed" });
      };
      await fc.assert(fc.asyncProperty(at, run), { numRuns: 60 });
    }
  });
});
