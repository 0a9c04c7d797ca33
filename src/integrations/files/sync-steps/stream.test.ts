import { describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "@/core/models/artifact";
import type { Db } from "@/core/models/database";
import type { SyncContext } from "@/core/models/integration";
import type { Page } from "@/core/services/sync/stream";
import { temporaryDatabase } from "@test/database";
import { collect, failureOf, filesContext, filesFolder } from "@test/files";
import { filesFile } from "../db/schema";
import { type FileItem, filesOptionsSchema } from "../models/models";
import { filesStream } from "./stream";

const streamOf = (context: SyncContext) =>
  filesStream(context, filesOptionsSchema.parse(context.credential.options));

function pagesOf(db: Db, options: Record<string, JsonValue>): Promise<Page<FileItem>[]> {
  const context = filesContext(options);
  return collect(streamOf(context).pages({ cursor: null, mode: "full", context, db }));
}

const many = (count: number, content = "text") =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${String(index).padStart(4, "0")}.md`, content]),
  );

describe("pages of a folder", () => {
  test("hold up to 50 files and say how far they come", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder(many(120));
    const pages = await pagesOf(database.db, { path: folder.path });
    expect(pages.map(({ items }) => items.length)).toEqual([50, 50, 20]);
    expect(pages.map(({ cursor }) => cursor)).toEqual(["0049.md", "0099.md", "0119.md"]);
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

  test("say from there on that the listing is not whole, when a drive is missing below", async () => {
    await using database = await temporaryDatabase();
    using folder = filesFolder({ ...many(60), "usb/a.md": "" });
    const context = filesContext({ path: folder.path });
    const stream = streamOf(context);
    const [item] = (await pagesOf(database.db, { path: folder.path })).at(-1)?.items.slice(-1) ?? [];
    if (item === undefined) throw new Error("The file was not listed.");
    await stream.render(item, context);
    await stream.save?.(database.db, [{ ...item, device: "another" }], context);
    rmSync(join(folder.path, "usb/a.md"));
    const pages = await pagesOf(database.db, { path: folder.path });
    expect(pages.map(({ incomplete }) => incomplete?.slice(0, 14))).toEqual([undefined, "'usb' is empty"]);
    expect(pages[1]?.failures?.map(({ key }) => key)).toEqual(["usb/"]);
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
    const stream = streamOf(context);
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
    const stream = streamOf(context);
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
