import { describe, expect, test } from "bun:test";
import { chmodSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { asc, isNull } from "drizzle-orm";
import { listTasks } from "@/core/db/queries/tasks";
import { mdArtifacts } from "@/core/db/schema";
import type { SyncRun } from "@/core/models/sync";
import { configRegistry } from "@/integrations/config-registry";
import { supportedIntegrations } from "@/integrations/sync-registry";
import { testApp, type TestApp } from "@test/app";
import { filesFolder } from "@test/files";
import { filesFile } from "./db/schema";
import { filesIntegration } from "./integration";

async function connectedApp(path: string, options: Record<string, string> = {}): Promise<TestApp> {
  const app = await testApp({ integrations: [filesIntegration] });
  await app.credentials.save(filesIntegration, { integration: "Files", options: { path, ...options } });
  return app;
}

async function sync(app: TestApp, mode: "full" | "incremental" = "incremental"): Promise<SyncRun> {
  const [started] = await app.runner.start({ integration: "files", mode, trigger: "manual" });
  return app.runner.wait(started?.runId ?? "");
}

async function livePaths(app: TestApp): Promise<string[]> {
  const rows = await app.db
    .select({ id: mdArtifacts.integrationArtifactId })
    .from(mdArtifacts)
    .where(isNull(mdArtifacts.deletedAt))
    .orderBy(asc(mdArtifacts.integrationArtifactId));
  return rows.map(({ id }) => id.slice(id.indexOf("/") + 1));
}

test("Files is registered for forms and for syncs, with an icon of its own", async () => {
  expect(configRegistry.map(({ integration }) => integration)).toContain("Files");
  expect(supportedIntegrations).toContain(filesIntegration);
  expect(filesIntegration.tableNames).toEqual(["filesFile"]);
  const icon = join(import.meta.dir, "../..", filesIntegration.config.icon);
  expect(await Bun.file(icon).text()).toStartWith("<svg");
});

describe("a synced folder", () => {
  test("is found by content, named by relative path and open to SQL", async () => {
    using folder = filesFolder({
      "notes/crane.md": "# Harbour crane\n\nThe crane was painted green in May.",
      "minutes.txt": "The walrus came to the meeting.",
      "photo.png": "x",
    });
    await using app = await connectedApp(folder.path);
    expect(await sync(app, "full")).toMatchObject({ state: "succeeded", inserted: 2, skipped: 1, failed: 0 });
    const found = await app.search({ query: "which colour was the crane painted" });
    expect(found.results[0]).toMatchObject({
      integration: "Files",
      title: "Harbour crane",
      account: folder.path,
    });
    expect(found.results[0]?.integrationArtifactId).toEndWith("/notes/crane.md");
    const { rows } = await app.sql.query(`SELECT "key", "title", "size" FROM "filesFile" ORDER BY "key"`);
    expect(rows).toEqual([
      ["minutes.txt", expect.any(String), 31],
      ["notes/crane.md", "Harbour crane", 52],
    ]);
    for (const { sql } of filesIntegration.config.exampleQueries ?? []) {
      expect((await app.sql.query(sql)).rows.length).toBeGreaterThan(0);
    }
  });

  test("follows edits, renames and removals", async () => {
    using folder = filesFolder({ "a.md": "Apples.", "b.md": "Bananas.", "c/d.md": "Dates." });
    await using app = await connectedApp(folder.path);
    await sync(app);
    folder.write({ "a.md": "Avocados." });
    renameSync(join(folder.path, "b.md"), join(folder.path, "e.md"));
    rmSync(join(folder.path, "c"), { recursive: true });
    expect(await sync(app)).toMatchObject({ inserted: 1, updated: 1, deleted: 2, state: "succeeded" });
    expect(await livePaths(app)).toEqual(["a.md", "e.md"]);
    expect(await app.db.$count(filesFile)).toBe(2);
    expect((await app.search({ query: "avocados" })).results[0]?.integrationArtifactId).toEndWith("/a.md");
  });

  test("sees an edit of the same size within the same moment", async () => {
    using folder = filesFolder({ "a.md": "one walrus" });
    await using app = await connectedApp(folder.path);
    await sync(app);
    folder.write({ "a.md": "two badger" });
    expect(await sync(app)).toMatchObject({ updated: 1 });
    expect((await app.search({ query: "badger" })).results).toHaveLength(1);
  });

  test("synced again with nothing changed, or with files merely touched, changes no artifact", async () => {
    using folder = filesFolder({ "a.md": "Apples.", "b/c.md": "Cherries." });
    await using app = await connectedApp(folder.path);
    await sync(app);
    const before = await app.db.select().from(mdArtifacts);
    expect(await sync(app)).toMatchObject({ unchanged: 2, inserted: 0, updated: 0, deleted: 0 });
    const future = new Date(Date.now() + 3_600_000);
    utimesSync(join(folder.path, "a.md"), future, future);
    expect(await sync(app, "full")).toMatchObject({ unchanged: 2, updated: 0 });
    expect(await app.db.select().from(mdArtifacts)).toEqual(before);
  });

  test("lets go of what is hidden, ignored or linked away later", async () => {
    using outside = filesFolder({ "x.md": "Secret." });
    using folder = filesFolder({ "a.md": "A.", "b/c.md": "C.", "d.md": "D.", "e.md": "E." });
    await using app = await connectedApp(folder.path);
    await sync(app);
    folder.write({ ".gitignore": "b/\n" });
    renameSync(join(folder.path, "a.md"), join(folder.path, ".a.md"));
    rmSync(join(folder.path, "d.md"));
    symlinkSync(join(outside.path, "x.md"), join(folder.path, "d.md"));
    expect(await sync(app)).toMatchObject({ state: "succeeded", deleted: 3 });
    expect(await livePaths(app)).toEqual(["e.md"]);
    expect((await app.search({ query: "secret" })).results).toEqual([]);
  });
});

describe("a folder in trouble", () => {
  test("that is gone fails the sync in plain words, and everything stays searchable", async () => {
    using folder = filesFolder({ "in/a.md": "The walrus stays." });
    await using app = await connectedApp(join(folder.path, "in"));
    await sync(app);
    renameSync(join(folder.path, "in"), join(folder.path, "moved"));
    const run = await sync(app, "full");
    expect(run).toMatchObject({ state: "failed", deleted: 0 });
    expect(run.error).toContain(`The folder '${folder.path}/in' is not there (any more).`);
    expect((await app.search({ query: "walrus" })).results).toHaveLength(1);
    renameSync(join(folder.path, "moved"), join(folder.path, "in"));
    expect(await sync(app)).toMatchObject({ state: "succeeded", deleted: 0 });
  });

  test("one broken document is a failed task with its name; the rest is served", async () => {
    using folder = filesFolder({ "a.md": "Apples.", "bad.pdf": "%PDF-1.7 broken" });
    await using app = await connectedApp(folder.path);
    expect(await sync(app)).toMatchObject({ state: "succeeded", inserted: 1, failed: 1 });
    const tasks = await listTasks(app.db, "Files", 0, { status: "FAILED" });
    expect(tasks.map(({ error }) => error ?? "").join("\n")).toContain("bad.pdf");
    rmSync(join(folder.path, "bad.pdf"));
    expect(await sync(app)).toMatchObject({ failed: 0 });
  });

  test.skipIf(process.getuid?.() === 0)(
    "below an unreadable folder nothing is taken for deleted",
    async () => {
      using folder = filesFolder({ "a.md": "Apples.", "shut/b.md": "Bananas." });
      await using app = await connectedApp(folder.path);
      await sync(app);
      chmodSync(join(folder.path, "shut"), 0o000);
      expect(await sync(app)).toMatchObject({ deleted: 0, failed: 1 });
      expect(await livePaths(app)).toEqual(["a.md", "shut/b.md"]);
      chmodSync(join(folder.path, "shut"), 0o700);
      expect(await sync(app)).toMatchObject({ deleted: 0, failed: 0 });
    },
  );
});

test("a sync that was interrupted is finished by the next start, whatever moved meanwhile", async () => {
  const names = Array.from({ length: 240 }, (_, index) => `${String(index).padStart(3, "0")}.md`);
  using home = filesFolder();
  using folder = filesFolder(Object.fromEntries(names.map((name) => [name, `Note ${name}.`])));
  let runId = "";
  {
    await using app = await testApp({ integrations: [filesIntegration], home: home.path });
    const options = { path: folder.path };
    await app.credentials.save(filesIntegration, { integration: "Files", options });
    const [started] = await app.runner.start({ integration: "Files", mode: "full", trigger: "manual" });
    runId = started?.runId ?? "";
    while ((await app.db.$count(mdArtifacts)) === 0) await Bun.sleep(5);
    await app.runner.shutdown();
    expect(await app.db.$count(mdArtifacts)).toBeLessThan(names.length);
  }
  renameSync(join(folder.path, "239.md"), join(folder.path, "000-moved.md"));
  await using app = await testApp({ integrations: [filesIntegration], home: home.path });
  await app.runner.recover();
  expect(await app.runner.wait(runId)).toMatchObject({ state: "succeeded", seen: 240, deleted: 0 });
  expect(await livePaths(app)).toEqual(["000-moved.md", ...names.slice(0, -1)]);
});

test("two folders are two accounts, and one is purged without the other", async () => {
  using first = filesFolder({ "a.md": "Apples." });
  using second = filesFolder({ "a.md": "Avocados." });
  await using app = await connectedApp(first.path);
  await app.credentials.save(filesIntegration, { integration: "Files", options: { path: second.path } });
  const started = await app.runner.start({ integration: "Files", mode: "full", trigger: "manual" });
  for (const { runId } of started) await app.runner.wait(runId);
  expect(await livePaths(app)).toEqual(["a.md", "a.md"]);
  await app.runner.purge("Files", first.path);
  const rows = await app.db.select({ account: filesFile.account }).from(filesFile);
  expect(rows).toEqual([{ account: second.path }]);
});
