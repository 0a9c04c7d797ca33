import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

test("removes what is left of one account that was disconnected, and nothing of the others", async () => {
  using folder = temporaryFolder();
  const home = join(folder.path, "home");
  const cli = (...args: string[]) => runCommand(args, { home });
  for (const name of ["one", "two", "three"]) {
    mkdirSync(join(folder.path, name));
    writeFileSync(join(folder.path, name, "a.md"), `# Note ${name}\n\nOf the ${name} xylophone.\n`);
    await cli("connect", "files", "--path", join(folder.path, name), "--account", name);
  }
  expect(await cli("sync")).toMatchObject({ code: 0 });
  for (const name of ["one", "two"]) await cli("disconnect", "files", "--account", name);
  const accounts = async () =>
    (await cli("status")).stdout.split("\n").flatMap((line) => /Files .* (\w+)$/.exec(line)?.[1] ?? []);
  expect(await accounts()).toEqual(["three", "one", "two"]);
  const held = (await cli("status")).stdout
    .match(/ Files .*/g)
    ?.map((row) => /\d+ artifacts?/.exec(row)?.[0]);
  expect(held?.slice(0, 3)).toEqual(["1 artifact", "1 artifact", "1 artifact"]);

  expect(await cli("purge", "files", "--yes")).toMatchObject({
    code: 2,
    stderr: "stoneturner: Files has 3 accounts: three, one, two. Name one with --account, or give --all.\n",
  });
  expect(await cli("purge", "files", "--account", "one", "--all", "--yes")).toMatchObject({ code: 2 });
  expect(await cli("purge", "files", "--account", "four", "--yes")).toMatchObject({ code: 3 });
  const unsure = await cli("purge", "files", "--account", "one");
  expect(unsure).toMatchObject({ code: 2, stdout: "" });
  expect(unsure.stderr).toContain("--yes");
  expect(await accounts()).toEqual(["three", "one", "two"]);

  expect(await cli("purge", "FILES", "--account", "one", "--yes")).toMatchObject({
    code: 0,
    stdout: "Removed what was synced from Files: one.\n",
  });
  expect(await accounts()).toEqual(["three", "two"]);
  const found = (await cli("search", "xylophone")).stdout;
  expect(["one", "two", "three"].map((name) => found.includes(`Note ${name}`))).toEqual([false, true, true]);
  expect(await cli("sync", "files")).toMatchObject({ code: 0 });

  expect(await cli("purge", "files", "--all", "--yes")).toMatchObject({ code: 0 });
  expect(await accounts()).toEqual(["three"]);
  expect((await cli("search", "xylophone")).stdout).not.toContain("Note");
  const written = (await cli("audit", "--action", "purge", "--json")).stdout.trim().split("\n");
  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { target: "Files" },
    { target: "Files: one" },
  ]);
});
