import { expect, test } from "bun:test";
import { docxOf, wordParagraph } from "@/core/services/readers/fixtures";
import { sharepoint } from "@test/sharepoint";
import { keyOf } from "../../../test/fakes/sharepoint/world";

test("files of libraries and the OneDrive say where they lie, and a second sync writes nothing", async () => {
  await using place = await sharepoint();
  const { world, documents } = place;
  const folder = world.folder(documents, "2026", world.folder(documents, "Tides").id);
  const file = world.add(documents, {
    name: "Report.docx",
    parentId: folder.id,
    content: docxOf(wordParagraph("The gate leaks.")),
    reads: "The gate leaks.",
  });
  world.add(world.oneDrive);
  world.page();
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3, failed: 0 });
  expect(await place.differences()).toEqual([]);
  expect(await place.markdown(file)).toStartWith(
    "# Report.docx\n\n- In: Harbour / Documents / Tides / 2026\n- Written by: Ana Silva\n- Last edited by: Bo Lindqvist\n\n",
  );
  for (const mode of ["full", "incremental"] as const)
    expect(await place.sync(mode)).toMatchObject({ state: "succeeded", inserted: 0, updated: 0, deleted: 0 });
});

test("nothing new costs one request a drive and one a site's pages, beside the lists of sites and libraries", async () => {
  await using place = await sharepoint();
  place.world.add(place.documents);
  await place.sync();
  const before = place.fake.requests().length;
  await place.sync("incremental");
  // Sites; libraries of two; the OneDrive; four lists of changes; pages of two.
  expect(place.fake.requests().length - before).toBe(1 + 2 + 1 + 4 + 2);
});

test("content comes from another host, which is sent no token", async () => {
  await using place = await sharepoint();
  place.world.add(place.documents);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  expect(place.fake.downloads.leaked).toEqual([]);
  place.fake.oauth.expire();
  place.world.edit();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
  expect(place.fake.oauth.refreshes).toBe(1);
  expect(place.fake.downloads.leaked).toEqual([]);
});

test("a link to another host leads to the API's own address all the same", async () => {
  await using place = await sharepoint({}, 2);
  for (let left = 5; left > 0; left--) place.world.add(place.documents);
  place.fake.graph.base = "https://evil.example";
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 5 });
});

test("what holds no text, is a notebook, dangerous or too large is left out, in words", async () => {
  await using place = await sharepoint({ maxFileMb: "1" });
  const { world, documents } = place;
  world.add(documents, { name: "Crane.png", reads: undefined });
  world.add(documents, { name: "Diary", kind: "notebook", reads: undefined });
  world.add(documents, { more: { malware: { description: "Worm" } }, reads: undefined });
  world.add(documents, { content: "x".repeat(1_100_000), reads: undefined });
  const kept = world.add(documents);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1, skipped: 4, failed: 0 });
  expect(await place.keys()).toEqual([keyOf(kept)]);
});

test("a library that may be looked at but not downloaded fails file by file, and stops nothing else", async () => {
  await using place = await sharepoint();
  const { world, documents, plans } = place;
  for (let left = 8; left > 0; left--) place.fake.graph.heldBack.add(world.add(documents).id);
  const other = world.add(plans);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1, failed: 8 });
  expect(await place.keys()).toEqual([keyOf(other)]);
  expect(await place.reasons()).toContain("may be looked at, but not downloaded");
  place.fake.graph.heldBack.clear();
  await place.app.db.raw.all("UPDATE syncItem SET nextAttemptAt = NULL");
  expect(await place.sync("incremental")).toMatchObject({ inserted: 8, failed: 0 });
});

test("an Office file that rights management has locked is named, with what to do", async () => {
  await using place = await sharepoint();
  const locked = new Uint8Array(4_096);
  locked.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  locked.set(Buffer.from("EncryptedPackage", "utf16le"), 1_024);
  place.world.add(place.documents, { name: "Pay.docx", content: locked, reads: undefined });
  place.world.add(place.documents);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1, failed: 1 });
  expect(await place.reasons()).toContain("Pay.docx");
});

test("a folder's new name reaches what lies in it at any depth, and what is beside it is not read again", async () => {
  await using place = await sharepoint({}, 3);
  const { world, documents } = place;
  const outer = world.folder(documents, "Old");
  const inner = world.folder(documents, "Inner", outer.id);
  const deep = world.add(documents, { parentId: inner.id });
  world.add(documents);
  await place.sync();
  world.change(outer, { name: "New" });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
  expect(await place.markdown(deep)).toContain("In: Harbour / Documents / New / Inner");
  documents.name = "Papers";
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2 });
  expect(await place.differences()).toEqual([]);
});

test("a folder that is told of after all that lies in it gives it its path, in the first sync", async () => {
  await using place = await sharepoint({}, 2);
  const { world, documents } = place;
  const folder = world.folder(documents, "Old");
  for (let left = 2; left > 0; left--) world.add(documents, { parentId: folder.id });
  world.change(folder, { name: "New" });
  for (const mode of ["full", "incremental"] as const)
    expect(await place.sync(mode)).toMatchObject({ state: "succeeded", error: null });
  expect(await place.differences()).toEqual([]);
});

test("a library that was renamed when all its files were gone is no source that lets nothing be read", async () => {
  await using place = await sharepoint();
  const { world, documents } = place;
  const files = Array.from({ length: 6 }, () => world.add(documents));
  world.add(world.oneDrive);
  await place.sync();
  documents.name = "Papers";
  for (const file of files) world.remove(file);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", error: null, deleted: 6 });
  expect(await place.differences()).toEqual([]);
});

test("addresses follow folders and sites that moved, at any depth and again; Office's own stay", async () => {
  await using place = await sharepoint({}, 3);
  const { world, documents, harbour } = place;
  const outer = world.folder(documents, "Old");
  const inner = world.folder(documents, "Inner", outer.id);
  const deep = world.add(documents, { name: "A b.txt", parentId: inner.id });
  const office = { webUrl: "https://contoso.sharepoint.com/_layouts/15/Doc.aspx?sourcedoc=%7B1%7D" };
  world.add(documents, { parentId: inner.id, more: office });
  const urls = async () => {
    const { rows } = await place.app.sql.query(
      `SELECT "url" FROM "sharepointItem" WHERE "kind" = 'file' ORDER BY "itemKey"`,
    );
    return rows.flat();
  };
  await place.sync();
  world.change(outer, { name: "New" });
  await place.sync("incremental");
  world.change(inner, { name: "Within" });
  await place.sync("incremental");
  harbour.url = "https://contoso.sharepoint.com/sites/Port";
  await place.sync("incremental");
  const top = `https://contoso.sharepoint.com/sites/Port/${encodeURIComponent(documents.id)}`;
  expect(await urls()).toEqual([`${top}/New/Within/A%20b.txt`, office.webUrl]);
  const [served] = await place.app.db.raw.all(`SELECT url FROM mdArtifacts WHERE title = '${deep.name}'`);
  expect(served?.["url"]).toBe(`${top}/New/Within/A%20b.txt`);
});

test("content that is nowhere to be found, of a file that is still there, is a failed item and no deletion", async () => {
  await using place = await sharepoint();
  const file = place.world.add(place.documents);
  await place.sync();
  place.world.change(file, { content: "Anew.", reads: "Anew.", tag: 2 });
  place.fake.downloads.isForgetful = true;
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0, failed: 1 });
  expect(await place.keys()).toEqual([keyOf(file)]);
});

test("shortcuts bring what others share, folders at any depth, until it is shared no more", async () => {
  await using place = await sharepoint();
  const { world } = place;
  const theirs = world.folder(world.others, "Theirs");
  world.add(world.others, { parentId: world.folder(world.others, "Deep", theirs.id).id });
  const single = world.add(world.others);
  world.shortcut(theirs, "From Bo");
  world.shortcut(single);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
  expect(await place.differences()).toEqual([]);
  world.change(single, { content: "Anew.", reads: "Anew.", tag: 2 });
  theirs.outOfSight = true;
  for (const inside of world.inside(theirs)) inside.outOfSight = true;
  expect(await place.sync("incremental")).toMatchObject({ updated: 1, deleted: 1 });
  expect(await place.differences()).toEqual([]);
});

test("pages read as their web parts do, in their order, whatever else stands on them", async () => {
  await using place = await sharepoint();
  const { world, harbour } = place;
  const html =
    "<h2>Why</h2><p>It <strong>leaks</strong>.</p><table><tr><th>Dock</th></tr><tr><td>3</td></tr></table>";
  const page = world.page(harbour, { title: "Gate *3*", html, level: "draft" });
  await place.sync();
  const text = (await place.served()).get(`sharepoint:page:${harbour.id}:${page.id}`)?.markdown ?? "";
  expect(text).toStartWith("# Gate \\*3\\*\n\n- In: Harbour / Pages\n");
  expect(text).toContain("- State: draft");
  expect(text).toContain("It **leaks**.");
  expect(text).toMatch(/\| Dock \|/);
});
