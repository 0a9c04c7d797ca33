/** What is served is what the provider holds, after every kind of change. */
import { contentFingerprint } from "@test/invariants";
import type { Check, Stage } from "./stage";

const times = (count: number, act: () => unknown) => {
  for (let index = 0; index < count; index++) act();
};

async function unchangedBy(stage: Stage, mode: "full" | "incremental"): Promise<string[]> {
  const before = await contentFingerprint(stage.app.db);
  const run = await stage.sync(mode);
  const { inserted, updated, deleted } = run;
  const wrote = inserted + updated + deleted > 0;
  const faults = wrote
    ? [`a ${mode} sync of nothing new counts ${inserted} new, ${updated} changed and ${deleted} removed`]
    : [];
  if ((await contentFingerprint(stage.app.db)) !== before)
    faults.push(`a ${mode} sync of nothing new wrote artifacts or index`);
  return faults;
}

export const truthChecks: readonly Check[] = [
  {
    name: "complete",
    hint: "Every item that the account can see becomes one artifact. Look at pages() and key() of the stream.",
    run: async (stage) => [...(await stage.synced("full")), ...(await stage.compare())],
  },
  {
    name: "idempotent",
    hint: "version() must be equal for an equal item: leave out what differs on each request. render() must be pure.",
    run: async (stage) => {
      const first = await stage.synced("full");
      return [...first, ...(await unchangedBy(stage, "full")), ...(await unchangedBy(stage, "incremental"))];
    },
  },
  {
    name: "incremental",
    hint: "An incremental sync starts from the watermark minus an overlap, never from this machine's clock.",
    run: async (stage) => {
      const { world } = stage.fake;
      const first = await stage.synced("full");
      const seen = [];
      for (let round = 0; round < 2; round++) {
        times(2, world.create.bind(world));
        if (world.incrementalSees.edits) times(2, world.edit.bind(world));
        if (world.incrementalSees.deletions && world.delete !== undefined) times(1, world.delete.bind(world));
        seen.push(...(await stage.synced("incremental")), ...(await stage.compare()));
      }
      return [...first, ...seen];
    },
  },
  {
    name: "deletions",
    hint: "List everything in the modes of `enumerates`; report what the source says is removed in `removed`.",
    run: async (stage) => {
      const { world } = stage.fake;
      if (world.delete === undefined && world.hide === undefined) return undefined;
      const first = await stage.synced("full");
      const leaving = [world.delete?.(), world.delete?.(), world.hide?.()].filter((key) => key !== undefined);
      const second = await stage.synced("full");
      const served = await stage.served();
      const stayed = leaving.filter((key) => served.has(key)).map((key) => `${key} is still served`);
      return [...first, ...second, ...stayed, ...(await stage.compare())];
    },
  },
  {
    name: "edits during a sync",
    hint: "A listing that is under way may shift: the next sync must find what this one passed by.",
    run: async (stage) => {
      const { world, faults } = stage.fake;
      if (faults.onRequest === undefined) return undefined;
      let requests = 0;
      faults.onRequest(() => {
        if (++requests % 2 === 0 && requests < 12)
          [world.create, world.edit, world.delete ?? world.edit][(requests / 2) % 3]?.call(world);
      });
      const during = (await stage.synced("full")).filter((fault) => !fault.includes("items failed"));
      faults.onRequest(() => undefined);
      return [...during, ...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
  {
    name: "huge and empty items",
    hint: "Bound what is read and rendered of one item, and say in the artifact that it was cut.",
    run: async (stage) => {
      const { world } = stage.fake;
      if (world.createHuge === undefined && world.createEmpty === undefined) return undefined;
      world.createHuge?.();
      world.createEmpty?.();
      return [...(await stage.synced("full")), ...(await stage.compare())];
    },
  },
];
