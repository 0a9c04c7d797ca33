import { describe, expect, test } from "bun:test";
import { nameOf } from "@/lib/file-names";
import { nameRule } from "./leave-out";

function rule(options: { include?: string[]; exclude?: string[]; followHidden?: boolean } = {}) {
  const leaveOut = nameRule({ include: [], exclude: [], followHidden: false, ...options });
  return (key: string) => {
    const isFolder = key.endsWith("/");
    const bare = isFolder ? key.slice(0, -1) : key;
    return leaveOut(bare, nameOf(bare), isFolder);
  };
}

describe("names that are left out", () => {
  test.each([
    ["src/node_modules/", "is a folder that tools keep for themselves"],
    [".git/", "is a folder that tools keep for themselves"],
    ["lost+found/", "is a folder that tools keep for themselves"],
    ["docs/.notes.md", "is hidden"],
    [".config/", "is hidden"],
    ["docs/~$plan.docx", "is a passing file of another program"],
    ["film.mkv.part", "is a passing file of another program"],
    ["draft.md~", "is a passing file of another program"],
    ["keys/id_ed25519", "looks like a key or password file"],
    ["server.PEM", "looks like a key or password file"],
    ["data/stoneturner.key.next", "looks like a key or password file"],
    ["stoneturner.key.bak", "looks like a key or password file"],
    ["id_rsa.old", "looks like a key or password file"],
    ["data/stoneturner-secrets.db-wal", "is a passing file of another program"],
  ])("%s %s", (key, reason) => {
    expect(rule()(key)).toBe(reason);
  });

  test("ordinary names are not", () => {
    const leaveOut = rule();
    for (const key of [
      "a.md",
      "docs/",
      "build/",
      "key.md",
      "notes.key.md",
      "trip-journal",
      "wal.db.md",
      "monkey",
      "env",
      "node_modules.md",
      "~notes.txt",
    ]) {
      expect(leaveOut(key)).toBeUndefined();
    }
  });

  test("hidden files come in on request, secrets and repositories' insides do not", () => {
    const leaveOut = rule({ followHidden: true });
    expect(leaveOut(".notes.md")).toBeUndefined();
    expect(leaveOut(".config/")).toBeUndefined();
    expect(leaveOut(".git/")).toBeDefined();
    expect(leaveOut(".env")).toBe("looks like a key or password file");
    expect(leaveOut(".env.production")).toBeDefined();
  });
});

describe("patterns", () => {
  test("without a slash they fit at any depth", () => {
    const leaveOut = rule({ exclude: ["*.log", "drafts"] });
    expect(leaveOut("a.log")).toBe("is left out by a pattern");
    expect(leaveOut("x/y/b.log")).toBeDefined();
    expect(leaveOut("x/drafts/")).toBeDefined();
    expect(leaveOut("x/drafts/c.md")).toBeDefined();
    expect(leaveOut("x/drafts.md")).toBeUndefined();
  });

  test("with a slash they fit from the top", () => {
    const leaveOut = rule({ exclude: ["docs/old", "/top.md", "./here.md"] });
    expect(leaveOut("docs/old/")).toBeDefined();
    expect(leaveOut("docs/old/a.md")).toBeDefined();
    expect(leaveOut("x/docs/old/a.md")).toBeUndefined();
    expect([leaveOut("top.md"), leaveOut("here.md")].every(Boolean)).toBeTrue();
    expect([leaveOut("x/top.md"), leaveOut("x/here.md")]).toEqual([undefined, undefined]);
  });

  test("only what is included comes in, and folders stay open for it", () => {
    const leaveOut = rule({ include: ["*.{md,txt}", "data/**"] });
    expect(leaveOut("a.md")).toBeUndefined();
    expect(leaveOut("x/b.txt")).toBeUndefined();
    expect(leaveOut("x/")).toBeUndefined();
    expect(leaveOut("data/deep/c.csv")).toBeUndefined();
    expect(leaveOut("x/c.csv")).toBe("fits none of the patterns");
  });

  test("a folder's name includes everything in it", () => {
    const leaveOut = rule({ include: ["docs/"] });
    expect(leaveOut("docs/a.md")).toBeUndefined();
    expect(leaveOut("x/docs/deep/a.md")).toBeUndefined();
    expect(leaveOut("a.md")).toBeDefined();
  });

  test("leaving out wins over including", () => {
    const leaveOut = rule({ include: ["*.md"], exclude: ["secret*"] });
    expect(leaveOut("secret.md")).toBe("is left out by a pattern");
  });

  test("a plain name fits itself, whatever is in it", () => {
    const leaveOut = rule({ exclude: ["minutes (1).md", "a/[x] {y}.md", 'it\'s "so".md'] });
    expect(leaveOut("x/minutes (1).md")).toBeDefined();
    expect(leaveOut("a/[x] {y}.md")).toBeDefined();
    expect(leaveOut('it\'s "so".md')).toBeDefined();
    expect(leaveOut("minutes.md")).toBeUndefined();
  });

  test("a slash alone is no pattern", () => {
    expect(rule({ exclude: ["/", "./"] })("a.md")).toBeUndefined();
  });

  test("names with line ends are matched like others", () => {
    expect(rule({ exclude: ["*.log"] })("two\nlines.log")).toBeDefined();
  });
});
