/** A process that dies by SIGKILL after each page of an incremental sync, in which folders moved, and libraries came and went. */
import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { ownRowsDiffer } from "../../../test/conformance/same-as-new";
import { type SharePointFake, startSharePoint } from "../../../test/fakes/sharepoint/fake";
import { sharepointIntegration } from "./integration";

const child = resolve(import.meta.dir, "../../../test/conformance/kill-child.ts");

test.each([6, 21])(
  "killed at every page in world %p, it comes to hold what a new installation reads",
  async (seed) => {
    const clock = fastClock();
    await using fake = await startSharePoint({ seed, items: 12, clock, pageSize: 2 + (seed % 4) });
    using home = temporaryFolder();
    const open = (connect: boolean) =>
      connectedApp(sharepointIntegration, fake, { clock, home: home.path, connect });
    const change = changer(fake);
    {
      await using place = await open(true);
      expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    }
    change();
    let killed = 0;
    for (let page = 1; page <= 40; page++) {
      const env = { ...process.env, STONETURNER_HOME: home.path, INTEGRATION_API_URLS: fake.apiUrls };
      const run = Bun.spawn(
        [process.execPath, child, "SharePoint", fake.apiUrls, String(page), "incremental"],
        {
          env: { ...env, LOG_LEVEL: "error" },
          stdio: ["ignore", "ignore", "inherit"],
        },
      );
      await run.exited;
      if (run.signalCode !== "SIGKILL") break;
      killed++;
      if (killed === 2 + (seed % 3)) change();
    }
    expect(killed).toBeGreaterThan(2);
    await using place = await open(false);
    await place.app.runner.recover();
    for (const mode of ["incremental", "incremental"] as const)
      expect(await place.sync(mode)).toMatchObject({ state: "succeeded" });
    expect(differences(await place.served(), fake)).toEqual([]);
    expect(await structureViolations(place.app.db)).toEqual([]);
    await using fresh = await connectedApp(sharepointIntegration, fake, { clock });
    expect(await fresh.sync()).toMatchObject({ state: "succeeded" });
    const tables = sharepointIntegration.tableNames ?? [];
    expect(await ownRowsDiffer(place.app.db, fresh.app.db, tables)).toEqual([]);
  },
  120_000,
);

/** A folder with more than one page of files is renamed, moved or deleted; a library comes, another goes; names change. */
function changer({ world }: SharePointFake): () => void {
  const [harbour] = world.sites;
  const [documents, plans] = harbour?.drives ?? [];
  if (harbour === undefined || documents === undefined || plans === undefined)
    throw new Error("No libraries.");
  const outer = world.folder(documents, "Outer");
  const inner = world.folder(documents, "Inner", outer.id);
  const gone = world.folder(plans, "Gone");
  for (let left = 5; left > 0; left--) {
    world.add(documents, { parentId: inner.id });
    world.add(plans, { parentId: gone.id });
  }
  world.shortcut(world.add(world.others));
  let round = 0;
  return () => {
    round++;
    world.change(outer, { name: `Outer ${round}` });
    world.move(inner, round === 1 ? `top-${documents.id}` : outer.id);
    if (round === 1) world.remove(gone, true);
    harbour.name = `Port ${round}`;
    plans.name = `Plans ${round}`;
    world.add(world.library(`New ${round}`, harbour));
    if (round === 2) harbour.drives.pop();
    for (let left = 4; left > 0; left--) world.edit();
    world.delete();
  };
}
