import { describe, expect, test } from "bun:test";
import { asc } from "drizzle-orm";
import { temporaryDatabase } from "@test/database";
import { isUnmounted, knownContents, removeFiles, saveFiles, type FileRow } from "./queries";
import { filesFile } from "./schema";

function row(key: string, changes: Partial<FileRow> = {}): FileRow {
  return {
    account: "Notes",
    key,
    path: `/notes/${key}`,
    name: key,
    extension: "md",
    folder: "",
    size: 3,
    mtime: "2026-01-01T00:00:00.000Z",
    ctime: "2026-01-01T00:00:00.000Z",
    device: "1",
    otherDrive: false,
    hash: "h1",
    format: "md",
    kind: "document",
    title: "Title",
    author: null,
    artifactDate: "2026-01-01T00:00:00.000Z",
    ...changes,
  };
}

describe("rows of files", () => {
  test("written twice are one row, with what came last", async () => {
    await using database = await temporaryDatabase();
    await saveFiles(database.db, [row("a.md")]);
    await saveFiles(database.db, [
      row("a.md", { hash: "h2", size: 5_000_000_000, author: "Ann", title: "New" }),
    ]);
    const rows = await database.db.select().from(filesFile);
    expect(rows).toEqual([
      row("a.md", { hash: "h2", size: 5_000_000_000, author: "Ann", title: "New" }) as (typeof rows)[0],
    ]);
  });

  test("are taken in any number, none included", async () => {
    await using database = await temporaryDatabase();
    const rows = Array.from({ length: 1_000 }, (_, index) => row(`${index}.md`));
    await saveFiles(database.db, []);
    await saveFiles(database.db, rows);
    expect(await database.db.$count(filesFile)).toBe(1_000);
    await removeFiles(
      database.db,
      "Notes",
      rows.slice(1).map(({ key }) => key),
    );
    expect(await database.db.select({ key: filesFile.key }).from(filesFile)).toEqual([{ key: "0.md" }]);
  });

  test("of two accounts do not meet", async () => {
    await using database = await temporaryDatabase();
    await saveFiles(database.db, [row("a.md"), row("a.md", { account: "Work", hash: "h2" })]);
    expect(await knownContents(database.db, "Work", ["a.md", "b.md"])).toEqual(
      new Map([["a.md", { hash: "h2", artifactDate: "2026-01-01T00:00:00.000Z" }]]),
    );
    await removeFiles(database.db, "Work", ["a.md"]);
    const left = await database.db
      .select({ account: filesFile.account })
      .from(filesFile)
      .orderBy(asc(filesFile.account));
    expect(left).toEqual([{ account: "Notes" }]);
  });
});

describe("a folder that is empty now", () => {
  test("at the top: a drive is missing when the files lay on another one", async () => {
    await using database = await temporaryDatabase();
    expect(await isUnmounted(database.db, "Notes", "", "1")).toBeFalse();
    await saveFiles(database.db, [row("a.md", { device: "7" })]);
    expect(await isUnmounted(database.db, "Notes", "", "7")).toBeFalse();
    expect(await isUnmounted(database.db, "Notes", "", "1")).toBeTrue();
    expect(await isUnmounted(database.db, "Work", "", "1")).toBeFalse();
  });

  test("lower down: a drive is missing when one was mounted there, whatever its number", async () => {
    await using database = await temporaryDatabase();
    await saveFiles(database.db, [
      row("usb/a.md", { otherDrive: true }),
      row("plain/a.md", { device: "9" }),
      row("us.md"),
    ]);
    expect(await isUnmounted(database.db, "Notes", "usb", "1")).toBeTrue();
    expect(await isUnmounted(database.db, "Notes", "plain", "1")).toBeFalse();
    expect(await isUnmounted(database.db, "Notes", "us", "1")).toBeFalse();
    expect(await isUnmounted(database.db, "Notes", "usb/a", "1")).toBeFalse();
  });
});
