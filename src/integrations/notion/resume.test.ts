/** Stopped before any request, a sync goes on where it stood and comes to the same, whatever happens meanwhile. */
import { expect, test } from "bun:test";
import { fastClock } from "@test/fast-clock";
import { filesFolder } from "@test/files";
import { structureViolations } from "@test/invariants";
import { stoppedAt } from "@test/stopped-sync";
import { notionApp } from "../../../test/fakes/notion/app";
import { startFake } from "../../../test/fakes/notion/fake";

const HOUR_MS = 3_600_000;

test.each(["full", "incremental"] as const)(
  "a sync (%s) that is stopped before every request in turn ends equal",
  async (mode) => {
    using home = filesFolder();
    const clock = fastClock(2_000);
    await using fake = await startFake({ seed: 12, items: 6, clock });
    // Rows past the limit of one query, an end of search that is cut off, and a page that comes in pieces.
    Object.assign(fake.settings, { queryLimit: 2, searchLimit: 4 });
    fake.world.somePage().cutAt = 1;
    const open = () => notionApp({ home: home.path, fake, clock });
    if (mode === "incremental") {
      await using notion = await open();
      expect(await notion.sync("full")).toMatchObject({ state: "succeeded" });
      clock.skip(HOUR_MS);
      for (const happen of [fake.world.create, fake.world.edit, fake.world.delete, fake.world.create])
        happen();
    }
    let request = 0;
    for (let stopped = true; stopped;) {
      await using notion = await open();
      stopped = await stoppedAt(notion.app, "Notion", mode, fake.faults, ++request);
      // Behind the listing's back as well.
      if (stopped && request % 5 === 0) fake.world.edit();
    }
    expect(request).toBeGreaterThan(8);
    clock.skip(HOUR_MS);
    await using notion = await open();
    expect(await notion.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
    expect(await structureViolations(notion.app.db)).toEqual([]);
  },
);
