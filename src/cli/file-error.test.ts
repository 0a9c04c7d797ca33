import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { explain } from "./exit";
import { fileErrorOf } from "./file-error";

function thrown(operation: () => unknown): unknown {
  try {
    operation();
  } catch (error) {
    return error;
  }
  return undefined;
}

test("what the system says of a file is told in words, with its path and what to do", () => {
  using folder = temporaryFolder();
  const file = join(folder.path, "file");
  writeFileSync(file, "");
  expect(explain(thrown(() => readFileSync(folder.path)))).toMatch(/ is a folder\. Name a file/);
  expect(explain(thrown(() => mkdirSync(join(file, "under"))))).toBe(
    `${join(file, "under")} goes through a file. Name a path of folders.`,
  );
});

test.each([
  ["EACCES", "This user may not use /data/x. Give"],
  ["EPERM", "This user may not change /data/x. Run"],
  ["EROFS", "/data/x is on a disk that can only be read. Mount"],
  ["ENOSPC", "The disk of /data/x is full. Free"],
  ["ENAMETOOLONG", "The name /data/x is too long. Take"],
  ["EMFILE", "This process may not open more files. Raise"],
])("%p is explained", (code, words) => {
  const error = Object.assign(new Error(`${code}: something`), { code, syscall: "open", path: "/data/x" });
  expect(explain(error)).toStartWith(words);
});

test("other errors are left as they are", () => {
  expect(fileErrorOf(new Error("no"))).toBeUndefined();
  expect(fileErrorOf(Object.assign(new Error("no"), { code: "ENOENT", syscall: "open" }))).toBeUndefined();
});
