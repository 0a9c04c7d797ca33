import { expect, test } from "bun:test";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";

test("forgets the account that is named, keeps what was synced, and never guesses which one is meant", async () => {
  using folder = temporaryFolder();
  const home = join(folder.path, "home");
  const cli = (...args: string[]) => runCommand(args, { home });
  for (const name of ["one", "two"]) {
    mkdirSync(join(folder.path, name));
    writeFileSync(join(folder.path, name, "a.md"), `# Note ${name}\n\nOf the ${name} xylophone.\n`);
    await cli("connect", "files", "--path", join(folder.path, name), "--account", name);
  }
  expect(await cli("sync")).toMatchObject({ code: 0 });

  expect(await cli("disconnect", "files")).toMatchObject({
    code: 2,
    stderr: "stoneturner: Files has 2 accounts: one, two. Name one with --account, or give --all.\n",
  });
  expect(await cli("disconnect", "files", "--account", "one", "--all")).toMatchObject({ code: 2 });
  expect(await cli("disconnect", "files", "--account", "three")).toMatchObject({ code: 3 });
  expect(await cli("disconnect", "nosuch")).toMatchObject({ code: 3 });
  expect(await cli("disconnect", "FILES", "--account", "one")).toMatchObject({
    code: 0,
    stdout: "Disconnected Files one. What was synced stays.\n",
  });
  expect((await cli("search", "one xylophone", "--limit", "1")).stdout).toContain("Note one");
  expect(await cli("sync", "files", "--account", "one")).toMatchObject({ code: 3 });
  expect((await cli("disconnect", "files")).stdout).toStartWith("Disconnected Files two.");
  expect((await cli("disconnect", "files", "--all")).stdout).toBe("Files has no connected account.\n");
  const written = (await cli("audit", "--action", "credential.remove")).stdout;
  expect(written.trim().split("\n")).toHaveLength(2);
});

test("a folder that a script left empty is refused, not taken for the one it runs in", async () => {
  using home = temporaryFolder();
  const connected = await runCommand(["connect", "files", "--path", ""], { home: home.path });
  expect(connected).toMatchObject({ code: 2, stdout: "" });
  expect(await runCommand(["serve", "--folder", ""], { home: home.path })).toMatchObject({ code: 2 });
});
