/** Checks that the migrations make the tables that the code declares: generating on a copy of them adds nothing. */
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const root = resolve(import.meta.dir, "..");
const kit = join(root, "node_modules/drizzle-kit/bin.cjs");
// Inside the project, where the declared tables' imports can be resolved; drizzle-kit takes relative paths only.
const folder = mkdtempSync(join(root, "node_modules", ".migrations-"));
const copy = join(folder, "migrations");
const files = () => readdirSync(copy).filter((name) => name.endsWith(".sql"));

try {
  cpSync(join(root, "migrations"), copy, { recursive: true });
  const config = join(folder, "drizzle.config.ts");
  writeFileSync(
    config,
    `import declared from "../../drizzle.config";\nexport default { ...declared, out: ${JSON.stringify(relative(root, copy))} };\n`,
  );
  const before = new Set(files());
  const generate = Bun.spawn(
    [process.execPath, "--bun", kit, "generate", "--config", relative(root, config)],
    {
      cwd: root,
      // Where it would ask whether a column was renamed, it fails instead: that is a difference as well.
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  const output = (await new Response(generate.stdout).text()) + (await new Response(generate.stderr).text());
  const made = files().filter((name) => !before.has(name));
  if ((await generate.exited) !== 0 || made.length > 0) {
    console.error(output);
    for (const name of made) console.error(await Bun.file(join(copy, name)).text());
    console.error(
      "The declared tables and the migrations differ. Run 'bun run generate' and commit what it makes.",
    );
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
