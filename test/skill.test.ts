/** The skill cannot go stale: its code type-checks, its commands and files exist, its name is the one people call. */
import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const root = resolve(import.meta.dir, "..");
const references = ["anatomy", "sync-pipeline", "auth", "checklist", "integration-spec"];
const texts = ["SKILL.md", ...references.map((name) => `references/${name}.md`)].map((path) =>
  readFileSync(join(root, "skills", path), "utf8"),
);
const blocks = (language: string) =>
  texts.flatMap((text) =>
    [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map(
      ([, code = ""]) => code,
    ),
  );

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
  const commands = blocks("sh").flatMap((block) => [
    ...block.matchAll(/^(?:bun run ([\w:-]+)|npm (test))/gm),
  ]);
  expect(commands.length).toBeGreaterThan(8);
  for (const [, script, npm] of commands) expect(Object.keys(scripts)).toContain(script ?? npm ?? "");
});

test("every file that it names is there", () => {
  const named = texts.flatMap((text) =>
    [...text.matchAll(/`((?:src|test|skills)\/[\w./-]+\.\w+)`/g)].map(([, path = ""]) => path),
  );
  expect(named.length).toBeGreaterThan(4);
  for (const path of named) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
});

test("every code block type-checks", async () => {
  using folder = temporaryFolder();
  mkdirSync(join(folder.path, "blocks"));
  const code = blocks("ts");
  expect(code.length).toBeGreaterThanOrEqual(4);
  for (const [index, block] of code.entries())
    writeFileSync(join(folder.path, "blocks", `block-${index}.ts`), block);
  for (const name of ["src", "node_modules", "package.json"])
    symlinkSync(join(root, name), join(folder.path, name));
  const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"));
  const config = {
    compilerOptions: { ...compilerOptions, paths: { "@/*": ["./src/*"] } },
    include: ["blocks"],
  };
  writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify(config));
  const child = Bun.spawn([process.execPath, join(root, "node_modules/.bin/tsc"), "--noEmit"], {
    cwd: folder.path,
    stdout: "pipe",
  });
  expect(await new Response(child.stdout).text()).toBe("");
  expect(await child.exited).toBe(0);
}, 120_000);
