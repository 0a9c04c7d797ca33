/**
 * `bun run new-integration NAME --auth api-key|basic|oauth`: a whole integration that compiles, is registered, and syncs
 * the items of a fake of its own. Replace its types, pages and rendering; `bun run check-integration NAME` says when
 * it is right.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { argumentsOf, fail } from "./scaffold/arguments";
import { registryPaths, withIntegration } from "./scaffold/registries";
import { type Auth, newFiles } from "./scaffold/templates";

const root = resolve(import.meta.dir, "..");
const usage =
  'Usage: bun run new-integration NAME --auth api-key|basic|oauth, with a name such as Acme or "Acme Desk".';
const { values, positionals } = argumentsOf({ auth: { type: "string", default: "api-key" } }, usage);
const given = positionals.join(" ");
const auth = (["api-key", "basic", "oauth"] as const).find((one): one is Auth => one === values.auth);
if (!/^[a-z][a-z0-9]*(?:[ -][a-z0-9]+)*$/i.test(given) || auth === undefined) fail(usage);
const folder = given.toLowerCase().replaceAll(" ", "-");
const code = folder.replaceAll(/-([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
const shown = /[A-Z]/.test(given) ? given : given.charAt(0).toUpperCase() + given.slice(1);
if (existsSync(join(root, "src/integrations", folder))) fail(`There is an integration ${folder} already.`);

const files = newFiles({ shown, folder, code }, auth);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
for (const path of registryPaths) {
  const file = join(root, path);
  writeFileSync(file, withIntegration(path, readFileSync(file, "utf8"), folder, code));
}
const touched = [...Object.keys(files), ...registryPaths];
run("node_modules/.bin/prettier", [
  "--log-level=warn",
  "--write",
  ...touched.filter((path) => path.endsWith(".ts")),
]);
run(process.execPath, ["scripts/generate.ts", "--add", "--name", folder.replaceAll("-", "_")]);
console.log(`${shown} is there:\n${touched.map((path) => `  ${path}`).join("\n")}`);
console.log(
  `Next: bun run check-integration ${folder}, then make it ${shown}'s own. skills/SKILL.md leads through it.`,
);

function run(command: string, args: readonly string[]): void {
  const path = command.startsWith("node_modules") ? join(root, command) : command;
  const { exitCode, stderr, stdout } = Bun.spawnSync([path, ...args], { cwd: root });
  if (exitCode !== 0) fail(`${command} failed:\n${stdout.toString()}${stderr.toString()}`);
}
