/** A copy of the project in a folder of its own, for tests that change its files. */
import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dir, "../..");
const wanted = /^(?:src|test|scripts|skills|migrations|drizzle|package\.json|tsconfig|\.prettier)/;

/** The project's own files, as they are, with the installed packages linked in. */
export function copyOfProject(folder: string): void {
  const { stdout } = Bun.spawnSync(["git", "ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const path of stdout.toString().split("\n")) {
    if (!wanted.test(path) || !existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

/** Runs `bun …` in a folder, its data folder being there as well. */
export async function runBun(folder: string, ...command: string[]): Promise<{ code: number; said: string }> {
  const child = Bun.spawn([process.execPath, ...command], {
    cwd: folder,
    env: { ...process.env, STONETURNER_HOME: folder },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code: await child.exited, said: out + err };
}

/** Type-checks some of a copy's files and what they import, which is quicker than everything; "" where all is well. */
export async function typeFaults(folder: string, ...include: string[]): Promise<string> {
  const config = join(folder, "tsconfig.part.json");
  await Bun.write(config, JSON.stringify({ extends: "./tsconfig.json", include }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { said } = await runBun(folder, tsc, "--noEmit", "-p", config);
  return said;
}
