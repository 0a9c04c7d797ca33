import { describe, expect, test } from "bun:test";
import { statSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { isMuchNew, readKeptFile, sumOf, writeKeptFile } from "./kept-file";

const parts = [Uint8Array.of(1, 2, 3), new Uint8Array(), Uint8Array.of(4)];

test("much is new where there is more, less, or something else in the place of what was kept", () => {
  const saved = { size: 100_000, last: 100_000 };
  expect(isMuchNew(undefined, { size: 0, last: 0 })).toBe(true);
  expect(isMuchNew(saved, { size: 100_999, last: 100_999 })).toBe(false);
  expect(isMuchNew(saved, { size: 101_000, last: 101_000 })).toBe(true);
  expect(isMuchNew(saved, { size: 99_000, last: 100_000 })).toBe(true);
  expect(isMuchNew(saved, { size: 100_000, last: 200_000 })).toBe(true);
  expect(isMuchNew({ size: 40, last: 40 }, { size: 40, last: 42 })).toBe(true);
  expect(isMuchNew({ size: 40, last: 40 }, { size: 40, last: 40 })).toBe(false);
});

describe("a kept file", () => {
  test("gives its header, and its parts to where they are to stay", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "kept");
    await writeKeptFile(path, { sum: sumOf(parts) }, parts);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const place = new Uint8Array(8);
    const read = readKeptFile(path, ({ header, left, take }) => {
      take(place.subarray(2, 5));
      take(place.subarray(6, 7));
      return { header, left };
    });
    expect(read).toEqual({ header: { sum: sumOf(parts) }, left: 4 });
    expect([...place]).toEqual([0, 0, 1, 2, 3, 0, 4, 0]);
  });

  test("says that it is cut short, wherever it is, and counts what is left", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "kept");
    await writeKeptFile(path, {}, parts);
    const whole = new Uint8Array(await Bun.file(path).arrayBuffer());
    const readAll = () => readKeptFile(path, ({ take }) => take(new Uint8Array(4)));
    for (let length = 0; length < whole.length; length++) {
      await Bun.write(path, whole.slice(0, length));
      expect(readAll).toThrow("it is cut short");
    }
    await Bun.write(path, whole);
    const left = readKeptFile(path, (file) => {
      file.take(new Uint8Array(3));
      return file.left;
    });
    expect(left).toBe(1);
  });

  test("whose header is longer than the file, or no JSON, is none", async () => {
    using folder = temporaryFolder();
    const path = join(folder.path, "kept");
    await Bun.write(path, Uint8Array.of(255, 255, 255, 255, 1, 2));
    expect(() => readKeptFile(path, ({ left }) => left)).toThrow("it is cut short");
    await Bun.write(path, Uint8Array.of(2, 0, 0, 0, 1, 2));
    expect(() => readKeptFile(path, ({ left }) => left)).toThrow();
    expect(() => readKeptFile(folder.path, ({ left }) => left)).toThrow();
  });
});
