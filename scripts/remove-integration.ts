/**
 * `bun run remove-integration NAME`: undoes what `new-integration` made: folder, fake, icon, places in the registries.
 * Purge its data first (`stoneturner sync` cannot once it is gone); a migration then takes its tables away.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { registryPaths, withoutIntegration } from "./scaffold/registries";

const root = resolve(import.meta.dir, "..");
const folder = (process.argv[2] ?? "").toLowerCase();
if (!/^[a-z][a-z0-9-]*$/.test(folder) || !existsSync(join(root, "src/integrations", folder))) {
  console.error(`Usage: bun run remove-integration NAME. There is no integration '${folder}'.`);
  process.exit(1);
}
for (const path of registryPaths) {
  const file = join(root, path);
  writeFileSync(file, withoutIntegration(path, readFileSync(file, "utf8"), folder));
}
for (const path of [`src/integrations/${folder}`, `test/fakes/${folder}`, `src/assets/${folder}.svg`])
  rmSync(join(root, path), { recursive: true, force: true });
const prettier = join(root, "node_modules/.bin/prettier");
Bun.spawnSync([prettier, "--log-level=warn", "--write", ...registryPaths], { cwd: root });
const { exitCode, stderr } = Bun.spawnSync([process.execPath, "scripts/generate.ts"], { cwd: root });
if (exitCode !== 0) console.error(stderr.toString());
console.log(`${folder} is gone.`);
process.exit(exitCode);
