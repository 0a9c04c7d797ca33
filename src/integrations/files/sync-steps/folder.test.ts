import { describe, expect, test } from "bun:test";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { PermanentError, TransientError } from "@/core/models/errors";
import { failureOf, filesFolder } from "@test/files";
import { findRoot, rootError } from "./folder";

const system = (code: string) => Object.assign(new Error(code), { code });

describe("the connected folder", () => {
  test("is found by its path without links, with the file system it lies on", async () => {
    using folder = filesFolder({ "real/a.md": "" });
    symlinkSync("real", join(folder.path, "link"));
    const found = await findRoot(join(folder.path, "link"));
    expect(found.root).toBe(join(folder.path, "real"));
    expect(found.device).toMatch(/^\d+$/);
  });

  test("missing is a person's to mend, and says that nothing is lost", async () => {
    using folder = filesFolder();
    const error = await failureOf(findRoot(join(folder.path, "missing")));
    expect(error).toBeInstanceOf(PermanentError);
    expect(error).toHaveProperty("explanation");
    expect(error instanceof PermanentError ? error.explanation : "").toContain("What was read stays.");
  });

  test("on a disk in trouble is tried again; without rights it is not", () => {
    expect(rootError("/notes", system("EIO"))).toBeInstanceOf(TransientError);
    const denied = rootError("/notes", system("EACCES"));
    expect(denied).toBeInstanceOf(PermanentError);
    expect(denied.explanation).toContain("the right to read it");
  });
});
