/** Stopped before any request, a sync goes on where it stood and comes to the same, whatever happens meanwhile. */
import { expect, test } from "bun:test";
import { fastClock } from "@test/fast-clock";
import { filesFolder } from "@test/files";
import { gong } from "@test/gong";
import { gongViolations } from "@test/gong-truth";
import { structureViolations } from "@test/invariants";
import { stoppedAt } from "@test/stopped-sync";
import { startGong } from "../../../test/fakes/gong/fake";

test.each(["full", "incremental"] as const)(
  "a sync (%s) that is stopped before every request in turn ends equal",
  async (mode) => {
    using home = filesFolder();
    const clock = fastClock();
    await using fake = await startGong({ seed: 12, items: 12, clock, pageSize: 3 });
    const { world } = fake;
    const open = () => gong(0, { home: home.path, running: { fake, clock } });
    {
      await using place = await open();
      await place.app.credentials.save(place.integration, fake.credential);
      if (mode === "incremental") expect(await place.sync("full")).toMatchObject({ state: "succeeded" });
    }
    const happenings = [() => world.edit(), () => world.delete(), () => world.create(), () => world.hide()];
    for (const happen of happenings) happen();
    const waiting = world.createUnprocessed();
    let request = 0;
    for (let stopped = true; stopped;) {
      await using place = await open();
      stopped = await stoppedAt(place.app, "Gong", mode, fake.faults, ++request);
      // Behind the listing's back as well.
      if (stopped && request % 3 === 0) happenings[request % 4]?.();
    }
    expect(request).toBeGreaterThan(6);
    world.finish(waiting);
    await using place = await open();
    await place.makeDue();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await gongViolations(place.app.db, world)).toEqual([]);
    expect(await structureViolations(place.app.db)).toEqual([]);
  },
);
