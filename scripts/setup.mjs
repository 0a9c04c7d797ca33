// Makes a bare clone runnable: installs what package-lock.json says when it changed, and finishes
// Bun's own install where the package manager skipped install scripts. Plain Node, no dependency:
// it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, "node_modules", ".stoneturner-stamp");
const lockText = readFileSync(join(root, "package-lock.json"));
const lock = createHash("sha256").update(lockText).digest("hex");

/** The stamp says which lock file was installed, and whether the development tools came with it. */
const stamp = existsSync(stampFile) ? readFileSync(stampFile, "utf8").trim() : "";
// Who has the development tools keeps them, also when only the program is started.
const production = process.argv.includes("--production") && !stamp.endsWith(" full");

function isInstalled() {
  return stamp === `${lock} full` || (production && stamp === `${lock} production`);
}

/**
 * True when npm has written down that it installed just what the lock file has: by hand, or when an image was made. What is
 * there is kept then, for `npm ci` takes it away before it fetches anything, and there may be no network.
 */
function isThere(withDevelopment) {
  let there;
  try {
    there = JSON.parse(readFileSync(join(root, "node_modules", ".package-lock.json"), "utf8")).packages;
  } catch {
    return false; // Nothing was installed, or by another package manager.
  }
  return Object.entries(JSON.parse(lockText.toString("utf8")).packages).every(
    ([path, { version, integrity, dev, devOptional, optional }]) =>
      path === "" ||
      optional ||
      (!withDevelopment && (dev || devOptional)) ||
      (there[path]?.version === version &&
        there[path].integrity === integrity &&
        existsSync(join(root, path))),
  );
}

function leaveStamp(kind) {
  try {
    writeFileSync(stampFile, `${lock} ${kind}\n`);
  } catch {
    // A disk that can only be read: the next start looks again, which takes a moment.
  }
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.status !== 0) {
    console.error(`stoneturner: '${command} ${args.join(" ")}' failed; nothing was started.`);
    process.exit(result.status ?? 1);
  }
}

if (!isInstalled() && isThere(!production)) {
  leaveStamp(isThere(true) ? "full" : "production");
} else if (!isInstalled()) {
  console.error("stoneturner: installing dependencies …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...(production ? ["--omit=dev"] : [])]);
  leaveStamp(production ? "production" : "full");
}

const bun = join(root, "node_modules", "bun", "bin", "bun.exe");
// The npm package holds a placeholder of under 1 kB until its install script has run.
if (!existsSync(bun) || statSync(bun).size < 10_000) {
  run(process.execPath, [join(root, "node_modules", "bun", "install.js")]);
}
