import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { filesFolder } from "@test/files";
import { GitIgnore } from "./git-ignore";

async function rulesOf(root: string, ...folders: string[]): Promise<GitIgnore> {
  let rules: GitIgnore | undefined;
  for (const folder of folders) rules = await GitIgnore.read(root, folder, rules);
  if (rules === undefined) throw new Error("There are no rules.");
  return rules;
}

describe(".gitignore", () => {
  test("leaves out what it names, with the meaning git gives it", async () => {
    using folder = filesFolder({
      ".gitignore": "# comment\n*.log\n!keep.log\nbuild/\n/top.txt\ntrailing\\ \n",
    });
    const rules = await rulesOf(folder.path, "");
    expect(rules.ignores("x/a.log", false)).toBeTrue();
    expect(rules.ignores("x/keep.log", false)).toBeFalse();
    expect(rules.ignores("x/build", true)).toBeTrue();
    expect(rules.ignores("build", false)).toBeFalse();
    expect(rules.ignores("top.txt", false)).toBeTrue();
    expect(rules.ignores("x/top.txt", false)).toBeFalse();
    expect(rules.ignores("two\nlines.log", false)).toBeTrue();
    expect(rules.ignores("...odd", false)).toBeFalse();
  });

  test("a deeper one is asked first and may take back what a higher one says", async () => {
    using folder = filesFolder({ ".gitignore": "*.csv\n", "data/.gitignore": "!*.csv\n/raw.md\n" });
    const rules = await rulesOf(folder.path, "", "data");
    expect(rules.ignores("data/a.csv", false)).toBeFalse();
    expect(rules.ignores("data/raw.md", false)).toBeTrue();
    expect(rules.ignores("data/x/raw.md", false)).toBeFalse();
    const top = await rulesOf(folder.path, "");
    expect(top.ignores("a.csv", false)).toBeTrue();
  });

  test("one that is a link, or is not there, changes nothing", async () => {
    using outside = filesFolder({ rules: "*\n" });
    using folder = filesFolder({ ".gitignore": "*.log\n", "a/x.md": "", "b/x.md": "" });
    symlinkSync(join(outside.path, "rules"), join(folder.path, "a/.gitignore"));
    const rules = await rulesOf(folder.path, "", "a", "b");
    expect(rules.ignores("a/x.md", false)).toBeFalse();
    expect(rules.ignores("b/x.log", false)).toBeTrue();
  });

  test.if(process.platform === "linux")("names that differ by case alone are different", async () => {
    using folder = filesFolder({ ".gitignore": "*.log\n" });
    expect((await rulesOf(folder.path, "")).ignores("A.LOG", false)).toBeFalse();
  });
});
