/** `bun run generate`: makes a migration from the difference between the declared tables and the last snapshot. */
import { resolve } from "node:path";

const kit = resolve(import.meta.dir, "../node_modules/drizzle-kit/bin.cjs");
const child = Bun.spawn([process.execPath, "--bun", kit, "generate", ...process.argv.slice(2)], {
  cwd: resolve(import.meta.dir, ".."),
  stdio: ["inherit", "inherit", "inherit"],
});
process.exit(await child.exited);
