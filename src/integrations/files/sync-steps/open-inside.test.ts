import { describe, expect, test } from "bun:test";
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "@/lib/hash";
import { filesFolder } from "@test/files";
import { hashHead, readHead } from "./open-inside";

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

describe("reading the beginning of a file", () => {
  test("a short file is read whole", async () => {
    using folder = filesFolder({ "a/b.md": "Grüße" });
    const head = await readHead(folder.path, "a/b.md", 1_000);
    expect(text(head?.bytes)).toBe("Grüße");
    expect([head?.size, head?.truncated]).toEqual([7, false]);
  });

  test("a long file is read up to the limit, with its true size", async () => {
    using folder = filesFolder({ "a.md": "0123456789" });
    const head = await readHead(folder.path, "a.md", 4);
    expect([text(head?.bytes), head?.size, head?.truncated]).toEqual(["0123", 10, true]);
  });

  test("a file as long as the limit is whole", async () => {
    using folder = filesFolder({ "a.md": "0123" });
    expect((await readHead(folder.path, "a.md", 4))?.truncated).toBeFalse();
  });

  test("an empty file is read as such", async () => {
    using folder = filesFolder({ "a.md": "" });
    expect(await readHead(folder.path, "a.md", 4)).toEqual({
      bytes: new Uint8Array(),
      size: 0,
      truncated: false,
    });
  });

  test("names with quotes and line ends are opened exactly", async () => {
    const name = `it's "two"\nlines $HOME \`x\` .md`;
    using folder = filesFolder({ [name]: "here" });
    expect(text((await readHead(folder.path, name, 10))?.bytes)).toBe("here");
  });
});

describe("what is not a file inside the folder is not read", () => {
  test("a file that vanished", async () => {
    using folder = filesFolder({ "a.md": "a" });
    expect(await readHead(folder.path, "b.md", 10)).toBeUndefined();
    expect(await readHead(folder.path, "a.md/b.md", 10)).toBeUndefined();
    expect(await hashHead(folder.path, "b.md", 10)).toBeUndefined();
  });

  test("a folder or a pipe in its place", async () => {
    using folder = filesFolder();
    mkdirSync(join(folder.path, "a.md"));
    expect(await readHead(folder.path, "a.md", 10)).toBeUndefined();
    expect(Bun.spawnSync(["mkfifo", join(folder.path, "pipe.md")]).success).toBeTrue();
    expect(await readHead(folder.path, "pipe.md", 10)).toBeUndefined();
  });

  test("a link that took its place, also one within the folder", async () => {
    using outside = filesFolder({ "secret.md": "secret" });
    using folder = filesFolder({ "a.md": "a" });
    symlinkSync(join(outside.path, "secret.md"), join(folder.path, "out.md"));
    symlinkSync("a.md", join(folder.path, "in.md"));
    expect(await readHead(folder.path, "out.md", 10)).toBeUndefined();
    expect(await readHead(folder.path, "in.md", 10)).toBeUndefined();
  });

  test("a file below a folder that a link took the place of", async () => {
    using outside = filesFolder({ "a.md": "secret" });
    using folder = filesFolder({ "docs/a.md": "a" });
    rmSync(join(folder.path, "docs"), { recursive: true });
    symlinkSync(outside.path, join(folder.path, "docs"));
    expect(await readHead(folder.path, "docs/a.md", 10)).toBeUndefined();
    expect(await hashHead(folder.path, "docs/a.md", 10)).toBeUndefined();
  });

  test("a path that climbs out", async () => {
    using folder = filesFolder({ "in/a.md": "a", "b.md": "secret" });
    symlinkSync("..", join(folder.path, "in/up"));
    expect(await readHead(join(folder.path, "in"), "up/b.md", 10)).toBeUndefined();
  });

  test("however often a link and the folder change places, nothing outside is read", async () => {
    using outside = filesFolder({ "a.md": "secret" });
    using folder = filesFolder({ "docs/a.md": "public" });
    const [docs, aside] = [join(folder.path, "docs"), join(folder.path, "aside")];
    symlinkSync(outside.path, aside);
    const met = new Set<string>();
    const stop = new AbortController();
    const swapper = (async () => {
      const spare = join(folder.path, "spare");
      while (!stop.signal.aborted) {
        renameSync(docs, spare);
        renameSync(aside, docs);
        await new Promise((resolve) => setImmediate(resolve));
        renameSync(docs, aside);
        renameSync(spare, docs);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    for (let round = 0; round < 1_000; round++) {
      const head = await readHead(folder.path, "docs/a.md", 10);
      met.add(head === undefined ? "nothing" : text(head.bytes));
    }
    stop.abort();
    await swapper;
    expect(met.has("secret")).toBeFalse();
  });
});

describe("hashing the beginning of a file", () => {
  test("is the hash of what would be read", async () => {
    using folder = filesFolder({ "a.md": "0123456789" });
    expect(await hashHead(folder.path, "a.md", 4)).toBe(sha256("0123"));
    expect(await hashHead(folder.path, "a.md", 100)).toBe(sha256("0123456789"));
  });

  test("of a large file holds little memory", async () => {
    using folder = filesFolder({ "a.txt": "x" });
    truncateSync(join(folder.path, "a.txt"), 300_000_000);
    const before = process.memoryUsage().rss;
    await hashHead(folder.path, "a.txt", 100_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  });
});
