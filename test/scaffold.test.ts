/** A new integration made in a copy of the project: it compiles, passes the suite, and can be undone. */
import { expect, test } from "bun:test";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const root = resolve(import.meta.dir, "..");

/** The project's own files, as they are, with the installed packages linked in. */
function copyOfProject(folder: string): void {
  const { stdout } = Bun.spawnSync(["git", "ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
  });
  for (const path of stdout.toString().split("\n")) {
    if (
      !/^(?:src|test|scripts|bench|samples|migrations|drizzle|package\.json|tsconfig|bunfig|\.prettier)/.test(
        path,
      )
    )
      continue;
    if (!existsSync(join(root, path))) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
}

async function run(folder: string, ...command: string[]): Promise<{ code: number; said: string }> {
  const child = Bun.spawn([process.execPath, ...command], { cwd: folder, stdout: "pipe", stderr: "pipe" });
  const said = (await new Response(child.stdout).text()) + (await new Response(child.stderr).text());
  return { code: await child.exited, said };
}

test("a scaffolded source compiles, is registered, passes every check at once, and leaves without a trace", async () => {
  using folder = temporaryFolder();
  const { path } = folder;
  copyOfProject(path);
  const registries = ["src/integrations/config-registry.ts", "src/integrations/sync-registry.ts"];
  const before = registries.map((one) => readFileSync(join(path, one), "utf8"));

  const made = await run(path, "scripts/new-integration.ts", "Acme-Desk", "--auth", "basic");
  expect(made).toMatchObject({ code: 0 });
  expect(made.said.match(/^ {2}(?:src|test)\//gm)?.length).toBeLessThanOrEqual(9);
  expect(await run(path, join(root, "node_modules/.bin/tsc"), "--noEmit")).toEqual({ code: 0, said: "" });
  const checked = await run(
    path,
    "scripts/check-integration.ts",
    "acme-desk",
    "--items",
    "8",
    "--kills",
    "1",
  );
  expect(checked.said).not.toContain("FAILED");
  expect(checked.code).toBe(0);
  expect((await run(path, "scripts/new-integration.ts", "acme-desk")).said).toContain("already");

  expect(await run(path, "scripts/remove-integration.ts", "Acme-Desk")).toMatchObject({ code: 0 });
  expect(registries.map((one) => readFileSync(join(path, one), "utf8"))).toEqual(before);
  expect(existsSync(join(path, "src/integrations/acme-desk"))).toBe(false);
}, 180_000);

const wrong: string[][] = [["9 lives", "--auth", "basic"], ["Acme", "--auth", "magic"], ["../up"]];
for (const given of wrong) {
  test(`${given.join(" ")} is told what the command takes`, async () => {
    const { code, said } = await run(root, "scripts/new-integration.ts", ...given);
    expect([code, said]).toEqual([1, expect.stringContaining("Usage: bun run new-integration NAME")]);
  });
}
