import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

/** A data folder that was started once, and a place for a link to it. */
async function started() {
  const folder = temporaryFolder();
  const home = join(folder.path, "home");
  mkdirSync(home, { mode: 0o700 });
  const cli = (...args: string[]) => runCommand(args, { home });
  await cli("status");
  return { home, link: join(folder.path, "link"), cli, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

test("a backup never takes the place of what is in use, by whatever way the path leads there", async () => {
  using place = await started();
  const { home, cli } = place;
  const names = ["stoneturner.db", "stoneturner-secrets.db", "stoneturner.key", "stoneturner.db-wal"];
  symlinkSync(home, place.link);
  const before = readFileSync(join(home, "stoneturner.key"), "utf8");
  for (const folder of [home, place.link, join(home, "backups", "..")]) {
    for (const name of names) {
      const refused = await cli("backup", join(folder, name), "--force");
      expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot take the place of") });
    }
  }
  expect(readFileSync(join(home, "stoneturner.key"), "utf8")).toBe(before);
  expect(await cli("backup", home, "--force")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("is a folder. Name a file in it."),
  });
});

test.skipIf(!existsSync("/proc/self"))(
  "a backup that has no place names the place, not the database's disk",
  async () => {
    using place = await started();
    const { code, stderr } = await place.cli("backup", "/proc/copy.db");
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("No file can be made in /proc. Give this user the right"),
    });
  },
);
