import { describe, expect, test } from "bun:test";
import { lstatSync, renameSync, truncateSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { filesFolder } from "@test/files";
import { toItem } from "./item";
import type { ConnectedFolder } from "./render";

const LATER = 60_000;

function connected(root: string, mostBytes = 1_000): ConnectedFolder {
  return { root, device: "1", account: "Notes", mostBytes };
}

function versionOf(root: string, key: string, inMs = LATER, mostBytes?: number): Promise<string> {
  const stats = lstatSync(join(root, key), { bigint: true });
  return toItem(connected(root, mostBytes), { kind: "file", key, stats }, undefined, Date.now() + inMs).then(
    (item) => item.version,
  );
}

describe("the mark of a file", () => {
  test("stays while nothing changes", async () => {
    using folder = filesFolder({ "a.md": "a" });
    expect(await versionOf(folder.path, "a.md")).toBe(await versionOf(folder.path, "a.md"));
  });

  test("differs after a change of the same size with the old time put back", async () => {
    using folder = filesFolder({ "a.md": "one" });
    const before = await versionOf(folder.path, "a.md");
    const path = join(folder.path, "a.md");
    const { atime, mtime, ctimeMs } = lstatSync(path);
    // The clock of a file system may stand still for a second.
    while (lstatSync(path).ctimeMs === ctimeMs) {
      folder.write({ "a.md": "two" });
      utimesSync(path, atime, mtime);
      await Bun.sleep(1);
    }
    expect(await versionOf(folder.path, "a.md")).not.toBe(before);
  });

  test("differs when another file of the same size and time takes the place", async () => {
    using folder = filesFolder({ "a.md": "one", "b.md": "two" });
    const then = new Date("2020-01-01");
    for (const name of ["a.md", "b.md"]) utimesSync(join(folder.path, name), then, then);
    const before = await versionOf(folder.path, "a.md");
    renameSync(join(folder.path, "b.md"), join(folder.path, "a.md"));
    expect(await versionOf(folder.path, "a.md")).not.toBe(before);
  });

  test("of a file changed just now has its content in it", async () => {
    using folder = filesFolder({ "a.md": "one" });
    const stats = lstatSync(join(folder.path, "a.md"), { bigint: true });
    const mark = async () =>
      (await toItem(connected(folder.path), { kind: "file", key: "a.md", stats }, undefined)).version;
    const before = await mark();
    expect(await mark()).toBe(before);
    folder.write({ "a.md": "two" });
    expect(await mark()).not.toBe(before);
  });

  test("of a file that went away meanwhile is a mark all the same", async () => {
    using folder = filesFolder({ "a.md": "one" });
    const stats = lstatSync(join(folder.path, "a.md"), { bigint: true });
    renameSync(join(folder.path, "a.md"), join(folder.path, "b.md"));
    const item = await toItem(connected(folder.path), { kind: "file", key: "a.md", stats }, undefined);
    expect(item.version).toEndWith(":gone");
  });

  test("differs when more of a long file is read than before", async () => {
    using folder = filesFolder({ "a.txt": "x" });
    truncateSync(join(folder.path, "a.txt"), 5_000);
    const marks = await Promise.all(
      [1_000, 2_000, 6_000, 7_000].map((most) => versionOf(folder.path, "a.txt", LATER, most)),
    );
    expect(new Set(marks).size).toBe(3);
    expect(marks[2]).toBe(marks[3] ?? "");
  });
});

test("an item carries size, times and what is known of it", async () => {
  using folder = filesFolder({ "a.md": "abc" });
  utimesSync(join(folder.path, "a.md"), new Date(), new Date("2024-05-06T07:08:09.123Z"));
  const stats = lstatSync(join(folder.path, "a.md"), { bigint: true });
  const known = { hash: "h", artifactDate: "2020-01-01T00:00:00.000Z" };
  const item = await toItem(connected(folder.path), { kind: "file", key: "a.md", stats }, known);
  expect(item).toMatchObject({ key: "a.md", size: 3, modifiedAt: "2024-05-06T07:08:09.123Z", known });
  expect(Date.now() - Date.parse(item.changedAt)).toBeLessThan(60_000);
});
