import { describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { Page } from "@/core/services/sync/stream";
import { temporaryDatabase } from "@test/database";
import { collect, failureOf, filesContext, filesFolder } from "@test/files";
import { filesFile } from "../db/schema";
import type { FileItem } from "../models/models";
import { filesStream } from "./stream";

function pagesOf(
  db: Db,
  options: Record<string, JsonValue>,
  cursor: JsonValue = null,
): Promise<Page<FileItem>[]> {
  const context = filesContext(options);
  return collect(filesStream(context).pages({ cursor, mode: "full", context, db }));
}

const keysOf = (pages: readonly Page<FileItem>[]) =>
  pages.flatMap(({ items }) => items.map(({ key }) => key));
const many = (count: number, content = "text") =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${String(index).padStart(4, "0")}.md`, content]),
  );

describe("pages of a folder", () => {
  test("hold up to 50 files; the last one puts the place back to the start", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder(many(120));
    const pages = await pagesOf(database.db, { path: folder.path });
    expect(pages.map(({ items }) => items.length)).toEqual([50, 50, 20]);
    expect(pages.map(({ cursor }) => cursor)).toEqual([{ after: "0049.md" }, { after: "0099.md" }, null]);
  });

  test("of an empty folder are one, so that what was there before is found gone", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder();
    expect(await pagesOf(database.db, { path: folder.path })).toEqual([
      { items: [], cursor: null, failures: [], skipped: [] },
    ]);
  });

  test("hold fewer large files", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder(many(5, "x".repeat(3_000_000)));
    const pages = await pagesOf(database.db, { path: folder.path });
    expect(pages.map(({ items }) => items.length)).toEqual([3, 2]);
  });

  test("go on after any page as if nothing had happened", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ ...many(130), "a/b.md": "", "node_modules/x.md": "" });
    const whole = await pagesOf(database.db, { path: folder.path });
    for (const [index, { cursor }] of whole.slice(0, -1).entries()) {
      const rest = await pagesOf(database.db, { path: folder.path }, cursor);
      expect(keysOf(rest)).toEqual(keysOf(whole.slice(index + 1)));
    }
  });

  test("start over when the place cannot be read", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ "a.md": "" });
    expect(keysOf(await pagesOf(database.db, { path: folder.path }, { page: 7 }))).toEqual(["a.md"]);
  });

  test("count what is left out, each with a reason", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ "a.md": "", "b.png": "", "node_modules/x.md": "", ".c.md": "" });
    const [page] = await pagesOf(database.db, { path: folder.path });
    expect(page?.skipped).toEqual([
      { key: ".c.md", reason: "'.c.md' is hidden." },
      { key: "b.png", reason: "'b.png' is neither text nor a document." },
      { key: "node_modules/", reason: "'node_modules/' is a folder that tools keep for themselves." },
    ]);
  });

  test("carry on saying that the listing is not whole, also after a restart", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder(many(60));
    const cursor = { after: "0000.md", incomplete: "'shut' could not be read." };
    const pages = await pagesOf(database.db, { path: folder.path }, cursor);
    expect(pages.map(({ incomplete }) => incomplete)).toEqual([cursor.incomplete, cursor.incomplete]);
    expect(pages[0]?.cursor).toEqual({ after: "0050.md", incomplete: cursor.incomplete });
  });

  test("of a folder that is not there fail in plain words", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder();
    const error = await failureOf(pagesOf(database.db, { path: join(folder.path, "missing") }));
    expect(String(error)).toContain("is not there (any more)");
  });
});

describe("rows of a folder's files", () => {
  test("are written for what was rendered, and removed by key", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ "docs/Plan.MD": "# Plan", "gone.md": "x", "odd.bin2": new Uint8Array(64) });
    const context = filesContext({ path: folder.path });
    const stream = filesStream(context);
    const pages = await collect(stream.pages({ cursor: null, mode: "full", context, db: database.db }));
    const items = pages.flatMap((page) => [...page.items]);
    rmSync(join(folder.path, "gone.md"));
    const rendered = await Promise.all(items.map(async (item) => stream.render(item, context)));
    expect(rendered.map((artifact) => artifact === null)).toEqual([false, true, true]);
    await database.db.transaction(async (tx) => stream.save?.(tx, items, context));
    const rows = await database.db.select().from(filesFile);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      account: "Notes",
      key: "docs/Plan.MD",
      path: join(folder.path, "docs/Plan.MD"),
      name: "Plan.MD",
      extension: "md",
      folder: "docs",
      size: 6,
      otherDrive: false,
      title: "Plan",
    });
    await stream.remove?.(database.db, ["docs/Plan.MD"], context);
    expect(await database.db.$count(filesFile)).toBe(0);
  });

  test("tell the next sync what the files said, so that a touch is no change", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ "a.md": "Text." });
    const context = filesContext({ path: folder.path });
    const stream = filesStream(context);
    const read = async () => (await pagesOf(database.db, { path: folder.path }))[0]?.items ?? [];
    const [first] = await read();
    if (first === undefined) throw new Error("The file was not listed.");
    expect(first.known).toBeUndefined();
    const artifact = await stream.render(first, context);
    await stream.save?.(database.db, [first], context);
    const [second] = await read();
    expect(second?.known).toEqual({
      hash: first.facts?.hash ?? "",
      artifactDate: artifact?.artifactDate ?? "",
    });
  });
});
