/** One seed of the model: random changes at the provider, random faults, random kills; then it must converge. */
import { isDeepStrictEqual } from "node:util";
import { failpoints } from "@/core/services/sync/failpoint";
import { temporaryFolder } from "@test/database";
import { contentFingerprint, structureViolations, truthViolations } from "@test/invariants";
import { inspect, syncHere, syncInChild } from "@test/provider-child";
import { type Fault, FakeProvider } from "@test/provider-server";
import { createRandom, type Random } from "@test/random";

const faults: readonly Fault[] = [
  { status: 500 },
  { status: 503, headers: { "retry-after": "0" } },
  { status: 429, headers: { "retry-after": "7200" } },
  { status: 400, body: '{"error":"cursor has expired"}' },
  { status: 200, headers: { "content-type": "text/html" }, body: "<html>Log in</html>" },
  { status: 404 },
  { status: 403 },
  "reset",
  "truncate",
];

/** Rounds of changes, faults and syncs in one seed. */
const ROUNDS = 4;

/** @returns what was violated, in words; empty when all is well. */
export async function runSeed(seed: number, kills = true): Promise<string[]> {
  const random = createRandom(seed);
  await using provider = await FakeProvider.start();
  using home = temporaryFolder();
  const sync = { home: home.path, url: provider.url };
  const violations: string[] = [];
  const note = async (when: string) => {
    for (const what of await inspect(home.path, structureViolations)) violations.push(`${when}: ${what}`);
  };
  provider.world.skewMs = (random.below(21) - 10) * 60_000;
  for (let index = 0; index < 10 + random.below(15); index++) change(provider, random);
  for (let round = 0; round < ROUNDS; round++) {
    for (let index = random.below(8); index > 0; index--) change(provider, random);
    provider.onRequest = () => {
      if (random.below(12) === 0) change(provider, random);
    };
    if (random.below(2) === 0) {
      const on = random.pick(["/items?", "/items/", "cursor="]);
      provider.fail(on, random.pick(faults), 1 + random.below(6));
    }
    const mode = random.below(2) === 0 ? "full" : "incremental";
    if (kills && random.below(2) === 0) {
      await syncInChild({ ...sync, mode, failpoint: random.pick(failpoints), hits: 1 + random.below(3) });
    } else await syncHere({ ...sync, mode });
    await note(`round ${round}, ${mode}`);
    provider.rules.length = 0;
    provider.onRequest = () => undefined;
  }
  // A day goes by: what could not be read or seen for a while may be asked for again.
  await inspect(home.path, (db) => db.raw.all("UPDATE syncItem SET nextAttemptAt = NULL"));
  // Quiet now: whatever was left is taken up, then a full sync must bring the truth, and one more nothing at all.
  for (const mode of ["incremental", "full"] as const) violations.push(...(await ended(sync, mode)));
  await note("at rest");
  const truth = provider.world.truth();
  for (const what of await inspect(home.path, (db) => truthViolations(db, truth)))
    violations.push(`at rest: ${what}`);
  const before = await inspect(home.path, contentFingerprint);
  violations.push(...(await ended(sync, "full")));
  const after = await inspect(home.path, contentFingerprint);
  if (!isDeepStrictEqual(before, after))
    violations.push("a sync without a change wrote to artifacts or index");
  return violations;
}

/** Syncs until the run ends well; the first attempt may take up a parked or interrupted one. */
async function ended(sync: { home: string; url: string }, mode: "full" | "incremental"): Promise<string[]> {
  const states: string[] = [];
  for (let tries = 0; tries < 2; tries++) {
    states.push(await syncHere({ ...sync, mode }));
    if (states.at(-1) === "succeeded" && tries > 0) return [];
  }
  return [`${mode} syncs without faults ended as ${states.join(", ")}`];
}

function change(provider: FakeProvider, random: Random): void {
  const { world } = provider;
  const id = `i${String(random.below(30)).padStart(3, "0")}`;
  const kind = random.below(10);
  if (kind < 6 || !world.items.has(id)) world.put(id, `Entry ${random.below(1e9)} of the harbour ledger.`);
  else if (kind < 8) world.delete(id);
  else if (kind < 9) world.hide(id);
  else world.restore(id);
}
