import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PermanentError } from "@/core/models/errors";
import { collect, failureOf, filesFolder } from "@test/files";
import { filesOptionsSchema, type FilesOptions } from "../models/models";
import type { WalkEntry } from "./entries";
import { walk, type WalkRequest } from "./walk";

const asRoot = process.getuid?.() === 0;

function walking(
  root: string,
  options: Partial<FilesOptions> = {},
  more: Partial<WalkRequest> = {},
): AsyncGenerator<WalkEntry> {
  const all = filesOptionsSchema.parse({ path: root, ...options });
  return walk({ root, options: all, signal: new AbortController().signal, ...more });
}

async function summary(
  ...args: Parameters<typeof walking>
): Promise<{ files: string[]; skipped: string[]; failed: string[] }> {
  const entries = await collect(walking(...args));
  const keys = (kind: WalkEntry["kind"]) =>
    entries.filter((entry) => entry.kind === kind).map(({ key }) => key);
  return { files: keys("file"), skipped: keys("skipped"), failed: keys("failed") };
}

function reasonOf(entries: readonly WalkEntry[], key: string): string | undefined {
  const entry = entries.find((candidate) => candidate.key === key);
  return entry === undefined || entry.kind === "file" ? undefined : entry.reason;
}

describe("what a walk lists", () => {
  test("files by name, folders in their place among them", async () => {
    using folder = filesFolder({
      "b.md": "",
      "a/z.md": "",
      "a/b/c.md": "",
      "a.md": "",
      "é.md": "",
      "Z.md": "",
    });
    expect((await summary(folder.path)).files).toEqual([
      "Z.md",
      "a/b/c.md",
      "a/z.md",
      "a.md",
      "b.md",
      "é.md",
    ]);
  });

  test("nothing of an empty folder", async () => {
    using folder = filesFolder();
    expect(await collect(walking(folder.path))).toEqual([]);
  });

  test("names with quotes and line ends, exactly", async () => {
    const name = `it's "two"\nlines \\ \t.md`;
    using folder = filesFolder({ [`${name}/${name}`]: "" });
    expect((await summary(folder.path)).files).toEqual([`${name}/${name}`]);
  });

  test("a folder of many files, each once, in order", async () => {
    const names = Array.from({ length: 300 }, (_, index) => `${String(index).padStart(3, "0")}.md`);
    using folder = filesFolder(Object.fromEntries(names.map((name) => [name, ""])));
    expect((await summary(folder.path)).files).toEqual(names);
  });

  test("a name that is not UTF-8 fails in plain words, and its neighbours do not", async () => {
    using folder = filesFolder({ "sub/\uFFFD.md": "", "sub/a.md": "" });
    const raw = Buffer.concat([
      Buffer.from(`${folder.path}/sub/caf`),
      Buffer.from([0xe9]),
      Buffer.from(".md"),
    ]);
    writeFileSync(raw, "x");
    const entries = await collect(walking(folder.path));
    expect(reasonOf(entries, "sub/caf\\xe9.md")).toContain("its name is not UTF-8. Rename it.");
    expect((await summary(folder.path)).files).toEqual(["sub/a.md", "sub/\uFFFD.md"]);
  });
});

describe("what a walk leaves out", () => {
  test("an ignored folder is one notice, whatever is in it", async () => {
    using folder = filesFolder({
      ".gitignore": "build/\n*.log\n",
      "build/a.md": "",
      "build/b.md": "",
      "src/.gitignore": "!important.log\n",
      "src/important.log": "",
      "src/other.log": "",
      "node_modules/x/readme.md": "",
      "a.md": "",
    });
    expect(await summary(folder.path)).toEqual({
      files: ["a.md", "src/important.log"],
      skipped: [".gitignore", "build/", "node_modules/", "src/.gitignore", "src/other.log"],
      failed: [],
    });
  });

  test("git's rules can be put aside", async () => {
    using folder = filesFolder({ ".gitignore": "*.md\n", "a.md": "" });
    expect((await summary(folder.path, { followIgnored: true })).files).toEqual(["a.md"]);
  });

  test("hidden files, unless asked for", async () => {
    using folder = filesFolder({ ".hidden/a.md": "", ".b.md": "", "c.md": "" });
    expect((await summary(folder.path)).files).toEqual(["c.md"]);
    expect((await summary(folder.path, { followHidden: true })).files).toEqual([
      ".b.md",
      ".hidden/a.md",
      "c.md",
    ]);
  });

  test("what the patterns say, folders without a look inside", async () => {
    using folder = filesFolder({ "drafts/a.md": "", "b.md": "", "c.txt": "" });
    expect(await summary(folder.path, { include: ["*.md"], exclude: ["drafts"] })).toEqual({
      files: ["b.md"],
      skipped: ["c.txt", "drafts/"],
      failed: [],
    });
  });

  test("binary files and documents over the limit, with reasons", async () => {
    using folder = filesFolder({ "film.mp4": "x", "big.pdf": "x", "big.txt": "x" });
    truncateSync(join(folder.path, "big.pdf"), 30_000_000);
    truncateSync(join(folder.path, "big.txt"), 30_000_000);
    const entries = await collect(walking(folder.path));
    expect(reasonOf(entries, "film.mp4")).toBe("'film.mp4' is neither text nor a document.");
    expect(reasonOf(entries, "big.pdf")).toBe("'big.pdf' has 30 MB, more than the 20 MB that are read.");
    expect(entries.filter(({ kind }) => kind === "file").map(({ key }) => key)).toEqual(["big.txt"]);
  });

  test("pipes and other things that are no files", async () => {
    using folder = filesFolder();
    expect(Bun.spawnSync(["mkfifo", join(folder.path, "pipe.md")]).success).toBeTrue();
    expect(reasonOf(await collect(walking(folder.path)), "pipe.md")).toBe("'pipe.md' is not a plain file.");
  });
});

describe("links", () => {
  test("are never followed: inside, outside, in a circle, to nowhere", async () => {
    using outside = filesFolder({ "secret.md": "" });
    using folder = filesFolder({ "docs/a.md": "" });
    const links: Record<string, string> = {
      "docs/up": "..",
      "docs/self": "self",
      "file.md": "docs/a.md",
      folder: "docs",
      "nowhere.md": "missing.md",
      out: outside.path,
      "out.md": join(outside.path, "secret.md"),
    };
    for (const [name, target] of Object.entries(links)) symlinkSync(target, join(folder.path, name));
    const entries = await collect(walking(folder.path));
    expect(entries.filter(({ kind }) => kind === "file").map(({ key }) => key)).toEqual(["docs/a.md"]);
    const inside = "is a link to something in this folder, read at its own place.";
    expect(reasonOf(entries, "file.md")).toBe(`'file.md' ${inside}`);
    expect(reasonOf(entries, "folder")).toBe(`'folder' ${inside}`);
    expect(reasonOf(entries, "docs/up")).toBe(`'docs/up' ${inside}`);
    expect(reasonOf(entries, "out")).toBe("'out' is a link out of this folder.");
    expect(reasonOf(entries, "out.md")).toBe("'out.md' is a link out of this folder.");
    expect(reasonOf(entries, "docs/self")).toBe("'docs/self' is a link that leads nowhere.");
    expect(reasonOf(entries, "nowhere.md")).toBe("'nowhere.md' is a link that leads nowhere.");
  });

  test("to a folder whose name merely begins alike lead out", async () => {
    using folder = filesFolder({ "in/x.md": "", "in-other/a.md": "" });
    symlinkSync("../in-other/a.md", join(folder.path, "in/a.md"));
    const entries = await collect(walking(join(folder.path, "in")));
    expect(reasonOf(entries, "a.md")).toBe("'a.md' is a link out of this folder.");
  });

  test("that take a folder's place during the walk are not followed", async () => {
    using outside = filesFolder({ "secret.md": "" });
    using folder = filesFolder({ "a.md": "", "b/c.md": "" });
    const met: string[] = [];
    for await (const entry of walking(folder.path)) {
      met.push(entry.key);
      if (entry.key !== "a.md") continue;
      rmSync(join(folder.path, "b"), { recursive: true });
      symlinkSync(outside.path, join(folder.path, "b"));
    }
    expect(met).toEqual(["a.md", "b/"]);
  });
});

describe("a folder that changes or cannot be read", () => {
  test("a file that vanishes between listing and looking is passed over", async () => {
    const names = Array.from({ length: 200 }, (_, index) => `${String(index).padStart(3, "0")}.md`);
    using folder = filesFolder(Object.fromEntries(names.map((name) => [name, ""])));
    const met: string[] = [];
    for await (const entry of walking(folder.path)) {
      if (entry.key === "000.md") rmSync(join(folder.path, "150.md"));
      met.push(entry.key);
    }
    expect(met).toEqual(names.filter((name) => name !== "150.md"));
  });

  test("a folder that vanishes is passed over", async () => {
    using folder = filesFolder({ "a.md": "", "b/c.md": "", "d.md": "" });
    const met: string[] = [];
    for await (const entry of walking(folder.path)) {
      if (entry.key === "a.md") rmSync(join(folder.path, "b"), { recursive: true });
      met.push(entry.key);
    }
    expect(met).toEqual(["a.md", "d.md"]);
  });

  test("the connected folder itself missing stops with words, before and during the walk", async () => {
    using folder = filesFolder({ "in/a.md": "", "in/b/c.md": "" });
    const root = join(folder.path, "in");
    const walked = walking(root);
    await walked.next();
    renameSync(root, join(folder.path, "moved"));
    const error = await failureOf(collect(walked));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain(`The folder '${root}' is not there (any more).`);
    expect(await failureOf(collect(walking(root)))).toBeInstanceOf(PermanentError);
  });

  test("another folder in its place stops it too: nothing is taken for deleted", async () => {
    using folder = filesFolder({ "in/a.md": "", "in/b.md": "" });
    const root = join(folder.path, "in");
    const walked = walking(root);
    await walked.next();
    renameSync(root, join(folder.path, "moved"));
    mkdirSync(root);
    expect(await failureOf(collect(walked))).toBeInstanceOf(PermanentError);
  });

  test("a file in its place is said to be no folder", async () => {
    using folder = filesFolder({ "a.md": "" });
    expect(await failureOf(collect(walking(join(folder.path, "a.md"))))).toBeInstanceOf(PermanentError);
  });

  test("an empty folder where a drive was mounted stops it; a lower one makes the listing incomplete", async () => {
    using folder = filesFolder({ "a.md": "" });
    mkdirSync(join(folder.path, "drive"));
    const asked: string[] = [];
    const isUnmounted = async (path: string, device: string) => {
      asked.push(`${path} ${/^\d+$/.test(device)}`);
      return true;
    };
    const entries = await collect(walking(folder.path, {}, { isUnmounted }));
    expect(asked).toEqual(["drive true"]);
    expect(entries.at(-1)).toMatchObject({ kind: "failed", key: "drive/" });
    expect(entries.at(-1)).toHaveProperty("incomplete");
    const error = await failureOf(collect(walking(join(folder.path, "drive"), {}, { isUnmounted })));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("is empty, but held files of another drive.");
  });

  test.skipIf(asRoot)(
    "a folder without the right to read fails by name and makes the listing incomplete",
    async () => {
      using folder = filesFolder({ "a.md": "", "shut/b.md": "", "z.md": "" });
      chmodSync(join(folder.path, "shut"), 0o000);
      const entries = await collect(walking(folder.path));
      chmodSync(join(folder.path, "shut"), 0o700);
      expect(entries.map(({ key }) => key)).toEqual(["a.md", "shut/", "z.md"]);
      expect(reasonOf(entries, "shut/")).toContain("'shut' could not be read: Stoneturner may not open it.");
      expect(entries[1]).toHaveProperty("incomplete");
    },
  );

  test.skipIf(asRoot)("without its .gitignore a folder is not read", async () => {
    using folder = filesFolder({ "in/.gitignore": "secret.md\n", "in/secret.md": "" });
    chmodSync(join(folder.path, "in/.gitignore"), 0o000);
    expect(await summary(folder.path)).toEqual({ files: [], skipped: [], failed: ["in/"] });
  });

  test("a stop ends it", async () => {
    using folder = filesFolder({ "a.md": "", "b.md": "" });
    const controller = new AbortController();
    const walked = walking(folder.path, {}, { signal: controller.signal });
    await walked.next();
    controller.abort(new Error("stopped"));
    expect(String(await failureOf(walked.next()))).toContain("stopped");
  });
});
