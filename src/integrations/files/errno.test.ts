import { describe, expect, test } from "bun:test";
import { open, readFile, symlink } from "node:fs/promises";
import { constants } from "node:fs";
import { join } from "node:path";
import { ItemError, TransientError } from "@/core/models/errors";
import { filesFolder } from "@test/files";
import { errnoOf, fileError, isGone, isLink } from "./errno";

async function errorOf(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: something, open '/srv/secret'`), { code });
}

describe("errors of the file system", () => {
  test("a missing file, and one below a file, are gone", async () => {
    using folder = filesFolder({ "a.md": "a" });
    expect(isGone(await errorOf(() => readFile(join(folder.path, "b.md"))))).toBeTrue();
    expect(isGone(await errorOf(() => readFile(join(folder.path, "a.md/b.md"))))).toBeTrue();
  });

  test("a link that may not be followed is told from a missing file", async () => {
    using folder = filesFolder();
    await symlink("nowhere", join(folder.path, "link"));
    const error = await errorOf(() =>
      open(join(folder.path, "link"), constants.O_RDONLY | constants.O_NOFOLLOW),
    );
    expect([isLink(error), isGone(error)]).toEqual([true, false]);
  });

  test("other errors are none of the file system's", () => {
    expect(errnoOf(new Error("no"))).toBeUndefined();
    expect(errnoOf(Object.assign(new Error("no"), { code: 7 }))).toBeUndefined();
    expect(errnoOf("ENOENT")).toBeUndefined();
    expect(errnoOf(new ItemError("no"))).toBeUndefined();
  });

  test.each(["EMFILE", "ENFILE", "ENOSPC", "EIO", "ESTALE", "ETIMEDOUT"])("%s passes: try again", (code) => {
    const error = fileError("notes/a.md", systemError(code));
    expect(error).toBeInstanceOf(TransientError);
    expect(error.message).toContain("'notes/a.md' could not be read just now");
    expect(error.message).not.toContain(code);
  });

  test.each(["EACCES", "EPERM"])("%s is the item's own, with what to do", (code) => {
    const error = fileError("notes/a.md", systemError(code));
    expect(error).toBeInstanceOf(ItemError);
    expect(error.explanation).toBe(
      "'notes/a.md' could not be read: Stoneturner may not open it. " +
        "Give the account that runs Stoneturner the right to read it, or leave it out by a pattern.",
    );
  });

  test("a rare error is named by the system's word, never by its path", () => {
    const error = fileError("a\nb.md", systemError("EXDEV"));
    expect(error.message).toBe("'a b.md' could not be read: the system answered EXDEV.");
    expect(error.cause).toBeInstanceOf(Error);
  });

  test("an error that is not the system's keeps its words", () => {
    expect(fileError("a.md", new Error("odd")).message).toBe("'a.md' could not be read: odd.");
    expect(fileError("a.md", "odd").message).toBe("'a.md' could not be read: odd.");
  });
});
