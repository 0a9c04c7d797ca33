/** The skill cannot go stale: its commands and files exist, its name is the one people call. */
import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { skillCommands, skillTexts as texts } from "@test/skill";

const root = resolve(import.meta.dir, "..");

test("the skill has its name, and is found by agents", () => {
  expect(texts[0]).toStartWith("---\nname: build-stoneturner-integration\ndescription: ");
  const folder = join(root, ".claude/skills/build-stoneturner-integration");
  const pointer = readFileSync(join(folder, "SKILL.md"), "utf8");
  const head = (text: string) => text.split("\n---\n")[0];
  expect(head(pointer)).toBe(head(texts[0] ?? ""));
  const target = /\]\(([^)]*SKILL\.md)\)/.exec(pointer)?.[1] ?? "";
  expect(resolve(folder, target)).toBe(join(root, "skills/SKILL.md"));
  expect(readFileSync(join(root, "AGENTS.md"), "utf8")).toContain("skills/SKILL.md");
});

test("every command in it is one of the project's", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const commands = skillCommands().map((words) => words.slice(0, words[0] === "bun" ? 3 : 2).join(" "));
  expect(commands.length).toBeGreaterThanOrEqual(6);
  const known = ["npm test", ...Object.keys(scripts).map((name) => `bun run ${name}`)];
  expect(commands.filter((command) => !known.includes(command))).toEqual([]);
});

test("every file that it names is there", () => {
  const named = texts.flatMap((text) =>
    [...text.matchAll(/`((?:src|test|skills)\/[\w./-]+\.\w+)`/g)].map(([, path = ""]) => path),
  );
  expect(named.length).toBeGreaterThan(4);
  for (const path of named) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
});
