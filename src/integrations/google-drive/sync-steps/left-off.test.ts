/** A full sync that does not come to its end leaves nothing behind that incremental ones believe. */
import { expect, test } from "bun:test";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { filesFolder } from "@test/files";
import { stoppedAt } from "@test/stopped-sync";
import { startDrive } from "../../../../test/fakes/google-drive/fake";
import { keyOf } from "../../../../test/fakes/google-drive/world";
import { googleDriveIntegration } from "../integration";

test("folders that changed before a full sync was left off give their files the new path all the same", async () => {
  using home = filesFolder();
  const clock = fastClock(2_000);
  await using fake = await startDrive({ seed: 7, items: 0, clock });
  const open = (connect: boolean) =>
    connectedApp(googleDriveIntegration, fake, { clock, home: home.path, connect });
  const { world } = fake;
  const top = world.folder("Top");
  const file = world.add({ parents: [top.id] });
  const gone = world.add({ parents: [top.id] });
  {
    await using place = await open(true);
    expect(await place.sync("full")).toMatchObject({ state: "succeeded" });
    world.change(top, { name: "Harbour works" });
    world.shortcut(file, top.id);
    world.remove(gone);
    // Where changes start, shared drives, where those of one start, folders; then it is stopped before files are asked for.
    expect(await stoppedAt(place.app, "Google Drive", "full", fake.faults, 5)).toBe(true);
  }
  await using place = await open(false);
  expect(await place.sync("incremental")).toMatchObject({ mode: "incremental", state: "succeeded" });
  expect((await place.served()).get(keyOf(file))?.markdown).toContain("- In: My Drive / Harbour works\n");
  expect(await place.sync("incremental")).toMatchObject({ mode: "full", deleted: 1 });
  expect([...(await place.served()).keys()]).toEqual([keyOf(file)]);
  expect(await place.sync("incremental")).toMatchObject({ mode: "incremental", updated: 0 });
});
