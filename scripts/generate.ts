/**
 * `bun run generate`: makes a migration from the difference between the declared tables and the last snapshot. One that
 * made new tables, and that nobody has yet, is made anew under its name: how its tables were called before is then nobody's
 * concern.
 * `--add` adds another instead.
 */
import { resolve } from "node:path";
import { parseConfig } from "@/core/config";
import { takeBackUnseen } from "./scaffold/own-migrations";

const root = resolve(import.meta.dir, "..");
const kit = resolve(root, "node_modules/drizzle-kit/bin.cjs");
const given = process.argv.slice(2);
const args = given.filter((word) => word !== "--add");
if (!given.includes("--add")) {
  const taken = takeBackUnseen(root, [root, parseConfig(process.env).home]);
  for (const tag of taken) console.log(`${tag} is made anew: it is neither committed nor applied.`);
  const [name] = taken.map((tag) => tag.replace(/^\d+_/, ""));
  if (name !== undefined && !args.some((word) => word.startsWith("--name"))) args.push("--name", name);
}
const asks = process.stdin.isTTY && process.stdout.isTTY;
const child = Bun.spawn([process.execPath, "--bun", kit, "generate", ...args], {
  cwd: root,
  stdio: ["inherit", "inherit", asks ? "inherit" : "pipe"],
});
const said = child.stderr === undefined ? "" : await new Response(child.stderr).text();
const code = await child.exited;
if (said.includes("Interactive prompts require"))
  console.error(
    "A table or column is gone and another is new: whether it was renamed can only be asked in a terminal. Run it in one, " +
      "or twice: first without the new one, then with it.",
  );
else if (said !== "") console.error(said);
process.exit(code);
