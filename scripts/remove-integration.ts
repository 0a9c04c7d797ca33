/**
 * `bun run remove-integration NAME`: undoes what `new-integration` made: folder, fake, icon, places in the registries,
 * and the migration that made its tables. Where that migration is committed or applied, another one drops them.
 * Purge its data first; nothing can once it is gone.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseConfig } from "@/core/config";
import { registryPaths, withoutIntegration } from "./scaffold/registries";
import { tablesOf, takeBackMigrations } from "./scaffold/own-migrations";

const root = resolve(import.meta.dir, "..");
const folder = process.argv.slice(2).join("-").toLowerCase().replaceAll(" ", "-");
if (!/^[a-z][a-z0-9-]*$/.test(folder) || !existsSync(join(root, "src/integrations", folder))) {
  console.error(`Usage: bun run remove-integration NAME. There is no integration '${folder}'.`);
  process.exit(1);
}
const tables = await tablesOf(join(root, "src/integrations", folder, "db/schema.ts"));
for (const path of registryPaths) {
  const file = join(root, path);
  writeFileSync(file, withoutIntegration(path, readFileSync(file, "utf8"), folder));
}
for (const path of [`src/integrations/${folder}`, `test/fakes/${folder}`, `src/assets/${folder}.svg`])
  rmSync(join(root, path), { recursive: true, force: true });
const taken = takeBackMigrations(root, tables, [root, parseConfig(process.env).home]);
const prettier = join(root, "node_modules/.bin/prettier");
const journal = join(root, "migrations/meta/_journal.json");
Bun.spawnSync([prettier, "--log-level=warn", "--write", ...registryPaths], { cwd: root });
const before = readFileSync(journal, "utf8");
const { exitCode, stderr } = Bun.spawnSync([process.execPath, "scripts/generate.ts", "--add"], { cwd: root });
if (exitCode !== 0) console.error(stderr.toString());
console.log(`${folder} is gone.`);
for (const tag of taken) console.log(`The migration ${tag}, which made its tables, is gone as well.`);
if (readFileSync(journal, "utf8") !== before)
  console.log(
    "Its tables were in a migration that is committed or applied, so a new migration drops them: bun run migrate applies it.",
  );
process.exit(exitCode);
