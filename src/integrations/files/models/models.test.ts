import { describe, expect, test } from "bun:test";
import { filesOptionsSchema, splitPatterns } from "./models";

function problemsOf(options: unknown): string[] {
  const parsed = filesOptionsSchema.safeParse(options);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
}

describe("options of a folder", () => {
  test("a path is enough; the rest has defaults", () => {
    expect(filesOptionsSchema.parse({ path: "/notes" })).toEqual({
      path: "/notes",
      include: [],
      exclude: [],
      followHidden: false,
      followIgnored: false,
      maxFileMb: 20,
      watch: false,
    });
  });

  test("answers of a form are text and are understood", () => {
    const options = filesOptionsSchema.parse({
      path: "/notes",
      include: "*.md, docs/**\n*.{txt,csv}",
      followHidden: "Yes",
      followIgnored: "",
      watch: "true",
      maxFileMb: " 2.5 ",
    });
    expect(options.include).toEqual(["*.md", "docs/**", "*.{txt,csv}"]);
    expect([options.followHidden, options.followIgnored, options.watch]).toEqual([true, false, true]);
    expect(options.maxFileMb).toBe(2.5);
  });

  test("an empty size means the default", () => {
    expect(filesOptionsSchema.parse({ path: "/notes", maxFileMb: "" }).maxFileMb).toBe(20);
  });

  test.each([
    ["path takes the path of a folder", {}],
    ["path takes the path of a folder", { path: "  " }],
    ["path takes the path of a folder", { path: 7 }],
    ["path takes a path without a NUL", { path: "/a\0b" }],
    ["followHidden takes yes or no", { path: "/a", followHidden: "perhaps" }],
    ["maxFileMb takes a number of megabytes", { path: "/a", maxFileMb: "many" }],
    ["maxFileMb takes a number of megabytes", { path: "/a", maxFileMb: 0 }],
    ["maxFileMb takes a number of megabytes", { path: "/a", maxFileMb: 501 }],
    ["exclude takes patterns without '!'", { path: "/a", exclude: "!keep.md" }],
    ["include takes patterns such as *.md", { path: "/a", include: 5 }],
    ["include takes patterns of up to 500", { path: "/a", include: "x".repeat(501) }],
    ["include takes at most 200", { path: "/a", include: "a,".repeat(201) }],
  ])("refused: %s", (message, options) => {
    expect(problemsOf(options).join("\n")).toContain(message);
  });

  test("what was stored is read back as it was", () => {
    const stored = filesOptionsSchema.parse({ path: "/notes", include: "*.md", watch: "yes" });
    expect(filesOptionsSchema.parse(stored)).toEqual(stored);
  });
});

describe("patterns in one text", () => {
  test("commas in braces do not separate", () => {
    expect(splitPatterns(" a.{md,txt} ,b,\r\n\r\n c ")).toEqual(["a.{md,txt}", "b", "c"]);
  });

  test("a brace that is never closed ends with its line", () => {
    expect(splitPatterns("{a,b\nc,d")).toEqual(["{a,b", "c", "d"]);
  });
});
