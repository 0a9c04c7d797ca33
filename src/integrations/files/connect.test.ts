import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { InputError } from "@/core/models/errors";
import { filesFolder } from "@test/files";
import { checkInput } from "@/core/services/credentials/check";
import { connectFolder } from "./connect";
import { filesIntegration } from "./integration";
import { expandPath } from "./sync-steps/folder";

async function refusal(options: Record<string, string>): Promise<InputError> {
  try {
    await connectFolder({ integration: "Files", options });
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("It was not refused.");
}

describe("connecting a folder", () => {
  test("takes its real path as the account, and stores cleaned options", async () => {
    using folder = filesFolder({ "notes/a.md": "a" });
    const result = await connectFolder({
      integration: "Files",
      options: { path: ` ${folder.path}/notes/../notes/ `, include: "*.md, *.txt" },
    });
    expect(result.account).toBe(join(folder.path, "notes"));
    expect(result.credential.options).toMatchObject({
      path: join(folder.path, "notes"),
      include: ["*.md", "*.txt"],
      maxFileMb: 20,
    });
  });

  test("keeps the label that a person gives", async () => {
    using folder = filesFolder();
    const { account } = await connectFolder({
      integration: "Files",
      account: "My notes",
      options: { path: folder.path },
    });
    expect(account).toBe("My notes");
  });

  test("a link to a folder is connected as the folder it leads to", async () => {
    using folder = filesFolder();
    mkdirSync(join(folder.path, "real"));
    symlinkSync("real", join(folder.path, "link"));
    const { account } = await connectFolder({
      integration: "Files",
      options: { path: join(folder.path, "link") },
    });
    expect(account).toBe(join(folder.path, "real"));
  });

  test("a folder that does not exist is refused with the next step", async () => {
    using folder = filesFolder();
    const error = await refusal({ path: join(folder.path, "missing") });
    expect(error.details[0]?.field).toBe("options.path");
    expect(error.explanation).toContain(`There is no folder '${folder.path}/missing' on this machine.`);
    expect(error.explanation).toContain("Check the spelling");
  });

  test("a file is refused, and so is a path below a file", async () => {
    using folder = filesFolder({ "a.md": "a" });
    expect((await refusal({ path: join(folder.path, "a.md") })).message).toContain("is a file, not a folder");
    expect((await refusal({ path: join(folder.path, "a.md/x") })).message).toContain("There is no folder");
  });

  test("a link in a circle is refused", async () => {
    using folder = filesFolder();
    symlinkSync("round", join(folder.path, "round"));
    expect((await refusal({ path: join(folder.path, "round") })).message).toContain(
      "cannot be opened (ELOOP)",
    );
  });

  test("the whole disk is refused", async () => {
    expect((await refusal({ path: "/" })).explanation).toContain("is the whole disk");
  });

  test.skipIf(process.getuid?.() === 0)("a folder without the right to read is refused", async () => {
    using folder = filesFolder({ "shut/a.md": "a" });
    chmodSync(join(folder.path, "shut"), 0o000);
    const error = await refusal({ path: join(folder.path, "shut") });
    chmodSync(join(folder.path, "shut"), 0o700);
    expect(error.explanation).toContain("the right to read it");
  });

  test("every wrong option is named at once, by its label", () => {
    const options = { path: "  ", watch: "perhaps", include: "!a.md" };
    const words =
      "“Folder” takes the path of a folder on this machine, e.g. /home/ann/notes; “Only these” takes patterns without '!' in front; name the exceptions under the other field; “Sync when something changes” takes yes or no.";
    expect(() => checkInput(filesIntegration, { integration: "Files", options })).toThrow(words);
  });
});

describe("a spelling of a path", () => {
  test("~ is the home folder", () => {
    expect(expandPath("~")).toBe(homedir());
    expect(expandPath("~/notes/")).toBe(join(homedir(), "notes"));
    expect(expandPath("/srv/~/a")).toBe("/srv/~/a");
  });

  test("file URLs and relative paths are understood", () => {
    using folder = filesFolder({ "a b/c.md": "c" });
    expect(expandPath(pathToFileURL(join(folder.path, "a b")).href)).toBe(join(folder.path, "a b"));
    expect(expandPath(relative(process.cwd(), folder.path))).toBe(folder.path);
  });
});
