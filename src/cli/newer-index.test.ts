import { Database } from "bun:sqlite";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "bun:test";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { announceServer } from "./server-file";

test("a command of an earlier version leaves a newer server's index alone, and says so", async () => {
  using folder = temporaryFolder();
  const home = join(folder.path, "home");
  const notes = join(folder.path, "notes");
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(notes);
  writeFileSync(join(notes, "prices.md"), "# Prices\n\nThe Acme plan is 20 euros.\n");
  const cli = (...args: string[]) => runCommand(args, { home });
  await cli("connect", "files", "--path", notes);
  expect(await cli("sync")).toMatchObject({ code: 0 });
  const index = () => {
    using database = new Database(join(home, "stoneturner.db"), { readonly: true });
    return database
      .query(
        "SELECT value AS version, (SELECT count(*) FROM searchArtifact) AS held FROM setting WHERE key = ?",
      )
      .get("searchIndex");
  };
  {
    using database = new Database(join(home, "stoneturner.db"));
    database.run("UPDATE setting SET value = '999' WHERE key = 'searchIndex'");
  }
  const takeBack = announceServer({ home, devMode: false }, "http://127.0.0.1:9");
  const said = await cli("search", "acme");
  expect(said).toMatchObject({ code: 1, stdout: "" });
  expect(said.stderr).toBe(
    "stoneturner: A newer version of Stoneturner works on this data folder. Use that one, and stop what still runs of this one.\n",
  );
  expect(index()).toEqual({ version: "999", held: 1 });
  takeBack();
  expect((await cli("search", "acme")).stdout).toContain("Prices");
});
