/** The skill's commands and code, run and checked in a copy of the project: a new source from nothing to green, and gone. */
import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { temporaryFolder } from "@test/database";
import { copyOfProject, runBun, typeFaults } from "@test/project-copy";
import { skillBlocks, skillCommands } from "@test/skill";

const root = resolve(import.meta.dir, "..");
const registries = ["src/integrations/config-registry.ts", "src/integrations/sync-registry.ts"];
const stateOf = (path: string) => [
  ...registries.map((one) => readFileSync(join(path, one), "utf8")),
  readFileSync(join(path, "migrations/meta/_journal.json"), "utf8"),
  readdirSync(join(path, "migrations/meta")).length,
];
/** The long form of a check is for people; types are checked below, the rest by `npm test` itself. */
const shortened: Record<string, string[]> = { "check-integration": ["--items", "8", "--kills", "1"] };
const elsewhere = ["bun run typecheck", "bun run lint", "npm test"];

test("the skill's commands make a source that passes every check; its code compiles; it leaves without a trace", async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  copyOfProject(path);
  const before = stateOf(path);
  for (const [index, block] of skillBlocks("ts").entries())
    await Bun.write(join(path, `test/blocks/block-${index}.ts`), block);

  const commands = skillCommands().filter((words) => !elsewhere.includes(words.join(" ")));
  expect(commands.map((words) => words[2])).toEqual([
    "new-integration",
    "check-integration",
    "generate",
    "migrate",
  ]);
  for (const [, ...words] of commands) {
    const { code, said } = await runBun(path, ...words, ...(shortened[words[1] ?? ""] ?? []));
    expect([words.join(" "), code, said]).toEqual([
      words.join(" "),
      0,
      expect.not.stringContaining("FAILED"),
    ]);
    if (words[1] === "new-integration")
      expect(said.match(/^ {2}src\/(?!.*\.test\.ts$)/gm)?.length).toBeLessThanOrEqual(9);
  }
  expect((await runBun(path, "scripts/new-integration.ts", "acme")).said).toContain("already");

  // Every kind of auth compiles, though only the skill's own is run here.
  for (const [name, auth] of [
    ["Basic Desk", "basic"],
    ["Consent", "oauth"],
  ] as const)
    expect(await runBun(path, "scripts/new-integration.ts", name, "--auth", auth)).toMatchObject({ code: 0 });
  const made = ["acme", "basic-desk", "consent"].flatMap((one) => [
    `src/integrations/${one}`,
    `test/fakes/${one}`,
  ]);
  expect(await typeFaults(path, ...made, "test/blocks")).toBe("");
  // The time that the suite itself gives a test; the copy has no other way to know of it.
  const own = made.filter((one) => one.startsWith("src/"));
  const tests = await runBun(path, "test", "--timeout=60000", ...own);
  expect([tests.code, tests.said]).toEqual([0, expect.stringContaining(" 3 pass")]);

  // A migration says by its name whose tables it makes.
  expect(readdirSync(join(path, "migrations")).sort().join(" ")).toMatch(
    /_acme\.sql .*_basic_desk\.sql .*_consent\.sql/,
  );

  for (const name of ["Consent", "Basic Desk"]) {
    const { said } = await runBun(path, "scripts/remove-integration.ts", name);
    expect(said).toContain("which made its tables, is gone as well");
  }
  // Acme's tables are in the copy's database by now: a new migration has to drop them.
  const { said } = await runBun(path, "scripts/remove-integration.ts", "Acme");
  expect(said).toContain("a new migration drops them");
  const dropping = readdirSync(join(path, "migrations"))
    .filter((name) => name.startsWith("0"))
    .sort()
    .at(-1);
  expect(readFileSync(join(path, "migrations", dropping ?? ""), "utf8")).toBe("DROP TABLE `acmeItem`;");
  expect(stateOf(path).slice(0, 2)).toEqual(before.slice(0, 2));
  expect(existsSync(join(path, "src/integrations/acme"))).toBe(false);
}, 300_000);

const wrong: string[][] = [
  ["9 lives", "--auth", "basic"],
  ["Acme", "--auth", "magic"],
  ["../up"],
  ["--help"],
];
test("a wrong name or kind is told what the command takes", async () => {
  for (const given of wrong) {
    const { code, said } = await runBun(root, "scripts/new-integration.ts", ...given);
    expect([code, said]).toEqual([1, expect.stringContaining("Usage: bun run new-integration NAME")]);
  }
});
