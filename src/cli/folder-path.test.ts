import { expect, test } from "bun:test";
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";
import { folderPath } from "./folder-path";

test("what is a whole path already stays as it is, and what is not begins here", () => {
  for (const given of ["", "  ", "~", "~/notes", "/notes", "file:///notes", "FILE:///notes"])
    expect(folderPath(given)).toBe(given);
  expect(folderPath("notes")).toBe(resolve("notes"));
  expect(folderPath("file:notes")).toBe(resolve("file:notes"));
});

test("a folder is connected by its URL", async () => {
  using folder = temporaryFolder();
  const notes = join(folder.path, "my notes");
  mkdirSync(notes);
  const home = join(folder.path, "home");
  const connected = await runCommand(["connect", "files", "--path", pathToFileURL(notes).href], { home });
  expect(connected).toMatchObject({ code: 0, stdout: `Connected Files as ${notes}.\n` });
});
