import { describe, expect, test } from "bun:test";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { filesFolder } from "@test/files";
import { watchFolder } from "./watch";

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await Bun.sleep(10);
}

function watching(path: string, options: { quietMs?: number; atMostMs?: number } = {}) {
  const controller = new AbortController();
  const watched = { changes: 0, [Symbol.dispose]: () => controller.abort() };
  watchFolder(path, () => void watched.changes++, controller.signal, { quietMs: 50, ...options });
  return watched;
}

describe("watching a folder", () => {
  test("says once that something changed, after a row of changes", async () => {
    using folder = filesFolder({ "a.md": "" });
    using watched = watching(folder.path, { quietMs: 500 });
    for (let index = 0; index < 20; index++) folder.write({ [`${index}.md`]: "x" });
    await until(() => watched.changes > 0);
    await Bun.sleep(50);
    expect(watched.changes).toBe(1);
  });

  test("sees changes far below, also in folders made later, and removals", async () => {
    using folder = filesFolder({ "a/b/c.md": "" });
    using watched = watching(folder.path);
    const steps = [
      () => folder.write({ "a/b/c.md": "new" }),
      () => mkdirSync(join(folder.path, "later/deep"), { recursive: true }),
      () => folder.write({ "later/deep/d.md": "x" }),
      () => rmSync(join(folder.path, "a/b/c.md"), { force: true }),
    ];
    for (const step of steps) {
      await Bun.sleep(150);
      const before = watched.changes;
      // Once more after a while: what is new is watched a moment later.
      for (let looks = 0; watched.changes === before; looks++) {
        if (looks % 100 === 0) step();
        await Bun.sleep(10);
      }
    }
  });

  test("changes without a pause do not put it off for ever", async () => {
    using folder = filesFolder();
    using watched = watching(folder.path, { quietMs: 200, atMostMs: 300 });
    for (let index = 0; watched.changes === 0; index++) {
      folder.write({ "a.md": String(index) });
      await Bun.sleep(20);
    }
  });

  test("what tools keep for themselves is no change", async () => {
    using folder = filesFolder({ ".git/index": "", "node_modules/x/y.js": "" });
    using watched = watching(folder.path);
    folder.write({
      ".git/index": "new",
      "node_modules/x/y.js": "new",
      "a.md.swp": "",
      "stoneturner.db-wal": "",
    });
    await Bun.sleep(200);
    expect(watched.changes).toBe(0);
  });

  test("ends when it is told to, and a change that was waiting is dropped", async () => {
    using folder = filesFolder({ "a.md": "" });
    const watched = watching(folder.path, { quietMs: 500 });
    folder.write({ "a.md": "new" });
    await Bun.sleep(20);
    watched[Symbol.dispose]();
    // On a machine that stood still meanwhile it may have been told already.
    const told = watched.changes;
    folder.write({ "b.md": "new" });
    await Bun.sleep(600);
    expect(watched.changes).toBe(told);
  });

  test("does not begin when it was told to end before", async () => {
    using folder = filesFolder();
    let changes = 0;
    watchFolder(folder.path, () => void changes++, AbortSignal.abort(), { quietMs: 10 });
    folder.write({ "a.md": "" });
    await Bun.sleep(100);
    expect(changes).toBe(0);
  });

  test("a folder that is not there cannot be watched", () => {
    using folder = filesFolder();
    const { signal } = new AbortController();
    expect(() => watchFolder(join(folder.path, "missing"), () => undefined, signal)).toThrow("ENOENT");
  });
});
