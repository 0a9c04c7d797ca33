/** What happens in shared drives, and what comes and goes as a whole: incremental syncs see it as full ones do. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startDrive } from "../../../test/fakes/google-drive/fake";
import { type FakeFile, keyOf } from "../../../test/fakes/google-drive/world";
import { googleDriveIntegration } from "./integration";

const HARBOUR = "drive-0000000001";

async function drive(options: Record<string, string> = {}) {
  const clock = fastClock();
  const fake = await startDrive({ seed: 7, items: 0, clock });
  const credential = { ...fake.credential, options };
  const place = await connectedApp(googleDriveIntegration, { ...fake, credential }, { clock });
  return {
    ...place,
    fake,
    world: fake.world,
    keys: async () => [...(await place.served()).keys()].sort(),
    markdown: async (file: FakeFile) => (await place.served()).get(keyOf(file))?.markdown ?? "",
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const keysOf = (...files: FakeFile[]) => files.map(keyOf).sort();
const within = (driveId: string, parent = driveId) => ({ parents: [parent], driveId, ownedByMe: false });

test("what others do in a shared drive is told by the drive's own list of changes", async () => {
  await using place = await drive();
  const { world } = place;
  const [edited, deleted, binned] = [1, 2, 3].map(() => world.add(within(HARBOUR)));
  if (!edited || !deleted || !binned) throw new Error("files");
  await place.sync();
  world.change(edited, { content: "The gate is dry." });
  world.remove(deleted);
  world.change(binned, { trashed: true });
  const fresh = world.add(within(HARBOUR, world.folder("Docks", HARBOUR, { driveId: HARBOUR }).id));
  expect(await place.sync("incremental")).toMatchObject({ mode: "incremental", inserted: 1, deleted: 2 });
  expect(await place.keys()).toEqual(keysOf(edited, fresh));
  expect(await place.markdown(edited)).toContain("The gate is dry.");
  expect(await place.markdown(fresh)).toContain("- In: Harbour / Docks\n");
});

test("a file that moves between My Drive and shared drives stays, and says where it lies now", async () => {
  await using place = await drive();
  const { world } = place;
  world.nameDrive("drive-0000000002", "Office");
  const [inward, outward, across] = [world.add(), world.add(within(HARBOUR)), world.add(within(HARBOUR))];
  await place.sync();
  world.moveAcross(inward, HARBOUR);
  world.moveAcross(outward, undefined);
  world.moveAcross(across, "drive-0000000002");
  expect(await place.sync("incremental")).toMatchObject({ updated: 3, deleted: 0 });
  expect(await place.markdown(inward)).toContain("- In: Harbour\n");
  expect(await place.markdown(outward)).toContain("- In: My Drive\n");
  expect(await place.markdown(across)).toContain("- In: Office\n");
});

test("a shared drive that is joined comes whole, and one that is renamed gives its files a new path", async () => {
  await using place = await drive();
  const { world } = place;
  const known = world.add(within(HARBOUR));
  await place.sync();
  // Its files are older than the membership, and no change tells of them.
  const archive = world.folder("1998", "drive-0000000003", { driveId: "drive-0000000003" });
  const old = world.add(within("drive-0000000003", archive.id));
  world.nameDrive("drive-0000000003", "Archive");
  world.nameDrive(HARBOUR, "Port");
  expect(await place.sync("incremental")).toMatchObject({ mode: "incremental", inserted: 1, updated: 1 });
  expect(await place.markdown(old)).toContain("- In: Archive / 1998\n");
  expect(await place.markdown(known)).toContain("- In: Port\n");
  world.change(old, { content: "Found in the archive." });
  expect(await place.sync("incremental")).toMatchObject({ updated: 1, unchanged: 0 });
  // Members no longer, then members again.
  const held = [...world.files.values()].filter((file) => file["driveId"] === "drive-0000000003");
  world.loseDrive("drive-0000000003");
  expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
  for (const file of held) world.files.set(file.id, file);
  world.nameDrive("drive-0000000003", "Archive");
  expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  expect(await place.keys()).toEqual(keysOf(known, old));
});

test("a folder out of the bin brings back all that lies in it, however deep", async () => {
  await using place = await drive();
  const { world } = place;
  const top = world.folder("Top");
  const below = world.folder("Below", top.id);
  const deep = world.add({ parents: [below.id] });
  const linked = world.add({ unlisted: true, ownedByMe: false, parents: [] });
  world.shortcut(linked, below.id);
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(deep, linked));
  world.change(top, { trashed: true });
  await place.sync("incremental");
  expect(await place.keys()).not.toContain(keyOf(deep));
  world.change(top, { trashed: false });
  await place.sync("incremental");
  expect(await place.keys()).toEqual(keysOf(deep, linked));
  expect(await place.markdown(deep)).toContain("- In: My Drive / Top / Below\n");
});

test("a new shortcut brings along what it leads to at the next incremental sync", async () => {
  await using place = await drive();
  const { world } = place;
  const linked = world.add({ unlisted: true, ownedByMe: false, parents: [] });
  await place.sync();
  world.shortcut(linked);
  expect(await place.sync("incremental")).toMatchObject({ inserted: 1, failed: 0 });
  expect(await place.keys()).toEqual(keysOf(linked));
});

test("folders that Google did not search for take none of their files along", async () => {
  await using place = await drive({ folders: "https://drive.google.com/drive/folders/file-000000000001" });
  const { world } = place;
  const docks = world.folder("Docks", HARBOUR, { driveId: HARBOUR });
  expect(docks.id).toBe("file-000000000001");
  const file = world.add(within(HARBOUR, world.folder("Gates", docks.id, { driveId: HARBOUR }).id));
  await place.sync();
  world.searchesPartly = (query) => query.startsWith("mimeType =");
  expect(await place.sync("full")).toMatchObject({ deleted: 0 });
  expect(await place.keys()).toEqual(keysOf(file));
});

test("what lies in a renamed folder that Google did not search is met by a full sync right after", async () => {
  await using place = await drive();
  const { world } = place;
  const docks = world.folder("Docks", HARBOUR, { driveId: HARBOUR });
  const file = world.add(within(HARBOUR, docks.id));
  await place.sync();
  world.searchesPartly = (query) => query.includes("in parents");
  world.change(docks, { name: "Dry docks" });
  expect(await place.sync("incremental")).toMatchObject({ mode: "incremental", state: "succeeded" });
  world.searchesPartly = () => false;
  expect(await place.sync("incremental")).toMatchObject({ mode: "full", updated: 1, deleted: 0 });
  expect(await place.markdown(file)).toContain("- In: Harbour / Dry docks\n");
});

test("what was moved out of a folder before that went stays, whatever took the folder away", async () => {
  await using place = await drive();
  const { world } = place;
  const [binned, deleted, other] = [world.folder("Old"), world.folder("Older"), world.folder("New")];
  const [first, second] = [world.add({ parents: [binned.id] }), world.add({ parents: [deleted.id] })];
  const lost = world.add({ parents: [deleted.id] });
  const inner = world.folder("Inner", deleted.id);
  const deep = world.add({ parents: [inner.id] });
  await place.sync();
  world.move(inner, other.id);
  world.change(first, { parents: [other.id] });
  world.change(second, { parents: [other.id] });
  world.remove(lost);
  world.change(binned, { trashed: true });
  world.remove(deleted);
  await place.sync("incremental");
  expect(await place.keys()).toEqual(keysOf(first, second, deep));
  expect(await place.markdown(first)).toContain("- In: My Drive / New\n");
  expect(await place.markdown(deep)).toContain("- In: My Drive / New / Inner\n");
});

test("a file that moves between folders of one name is known to lie in the other", async () => {
  await using place = await drive();
  const { world } = place;
  const [before, after] = [world.folder("Plans"), world.folder("Plans")];
  const file = world.add({ parents: [before.id] });
  await place.sync();
  world.move(file, after.id);
  await place.sync("incremental");
  const rows = await place.app.db.raw.all(`SELECT "parentId" FROM "driveFile" WHERE "fileId" = '${file.id}'`);
  expect(rows).toEqual([{ parentId: after.id }]);
  world.change(before, { trashed: true });
  await place.sync("incremental");
  expect(await place.keys()).toEqual(keysOf(file));
});
