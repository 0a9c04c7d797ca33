/**
 * One random world by its seed: things happen at the provider between and during syncs, trouble comes, the program is
 * stopped and goes on. At rest, what is stored must be what a new installation reads of the same provider.
 */
import { temporaryFolder } from "@test/database";
import { connectedApp, type ConnectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { createRandom, type Random } from "@test/random";
import type { Integration } from "@/core/models/integration";
import type { SyncMode } from "@/core/models/sync";
import type { FakeSource, Happening, StartFake } from "../fakes/fake";
import { ownRowsDiffer, servedDiffers } from "./same-as-new";
import { failureOf } from "./stage";
import { troubleDuring } from "./trouble";

const ROUNDS = 5;
const HOUR_MS = 3_600_000;
/** Below so many items nothing more is taken away. */
const FEWEST = 4;

/** @returns what was violated, in words; undefined for a fake that does not say what happens at its provider. */
export async function randomWorld(
  integration: Integration,
  startFake: StartFake,
  seed: number,
): Promise<string[] | undefined> {
  const random = createRandom(seed);
  const clock = fastClock(2_000);
  await using fake = await startFake({
    seed,
    items: 5 + random.below(12),
    clock,
    pageSize: 2 + random.below(4),
  });
  if (fake.world.happenings === undefined) return undefined;
  using home = temporaryFolder();
  const open = (connect: boolean) => connectedApp(integration, fake, { clock, home: home.path, connect });
  let place = await open(true);
  const world = new Happenings(fake, random);
  const found: string[] = [];
  try {
    for (let round = 0; round < ROUNDS && found.length === 0; round++) {
      for (let left = random.below(5); left > 0; left--) world.happen();
      const mode = round === 0 || random.below(5) < 2 ? "full" : "incremental";
      const told = `round ${round}, ${mode}`;
      const stopped = await troubleDuring(place, fake, { mode, random, happen: () => world.happen() });
      if (stopped) {
        await place[Symbol.asyncDispose]();
        place = await open(false);
      }
      const broken = await structureViolations(place.app.db);
      found.push(...broken.map((what) => `${told}: ${what}`));
      clock.skip(random.pick([0, 2_000, 90_000, 2 * HOUR_MS]));
      if (random.below(2) === 0 && round < ROUNDS - 1) continue;
      clock.skip(2 * HOUR_MS);
      // What changed where incremental syncs do not look, a full one must find.
      const last = world.unseen || round === ROUNDS - 1 ? "full" : "incremental";
      const wrong = await atRest(place, fake, last, { integration, clock });
      found.push(...wrong.map((what) => `${told}, then ${last} at rest: ${what}`));
      if (last === "full") world.unseen = false;
    }
  } finally {
    await place[Symbol.asyncDispose]();
  }
  return found.length === 0 ? [] : [...found.slice(0, 10), `happened: ${world.told.join(", ")}`];
}

/** What happens at the provider, by chance. */
class Happenings {
  /** Whether something happened that incremental syncs cannot see. */
  unseen = false;
  readonly told: string[] = [];
  private readonly all: readonly Happening[];

  constructor(
    private readonly fake: FakeSource,
    private readonly random: Random,
  ) {
    this.all = [...commonHappenings(fake), ...(fake.world.happenings ?? [])];
  }

  happen(): void {
    const { name, seen, takesAway, happen } = this.random.pick(this.all);
    if (takesAway === true && this.fake.world.snapshot().size < FEWEST) return;
    const key = happen();
    this.told.push(typeof key === "string" ? `${name} ${key}` : name);
    this.unseen ||= !seen;
  }
}

function commonHappenings({ world }: FakeSource): Happening[] {
  const { edits, deletions, hiding = false } = world.incrementalSees;
  const { hide } = world;
  const remove = world.delete;
  return [
    { name: "create", seen: true, happen: world.create.bind(world) },
    { name: "edit", seen: edits, happen: world.edit.bind(world) },
    ...(remove === undefined
      ? []
      : [{ name: "delete", seen: deletions, takesAway: true, happen: remove.bind(world) }]),
    ...(hide === undefined
      ? []
      : [{ name: "hide", seen: hiding, takesAway: true, happen: hide.bind(world) }]),
  ];
}

/** Quiet now: what was left is taken up and read once more, and all must be there. */
async function atRest(
  place: ConnectedApp,
  fake: FakeSource,
  mode: SyncMode,
  { integration, clock }: { integration: Integration; clock: ReturnType<typeof fastClock> },
): Promise<string[]> {
  fake.faults.heal();
  fake.faults.onRequest?.(() => undefined);
  // A day goes by: what could not be read or seen for a while may be asked for again.
  await place.app.db.raw.all("UPDATE syncItem SET nextAttemptAt = NULL");
  await place.sync(mode);
  const failed = failureOf(await place.sync(mode));
  await using other = await connectedApp(integration, fake, { clock });
  failed.push(...failureOf(await other.sync("full")));
  return [
    ...failed,
    ...differences(await other.served(), fake).map((what) => `a new installation: ${what}`),
    ...servedDiffers(await place.served(), await other.served()),
    ...(await ownRowsDiffer(place.app.db, other.app.db, integration.tableNames ?? [])),
    ...(await structureViolations(place.app.db)),
  ];
}
