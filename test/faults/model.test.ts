/**
 * Random changes, faults and kills by seed; each seed can be replayed. `bun run test:faults -- --seeds N [--seed S]`
 * runs more of them.
 */
import { expect, test } from "bun:test";
import { runSeed } from "./model-run";

const first = Number(process.env["MODEL_SEED"] ?? Math.floor(Math.random() * 1_000_000));
const seeds = Number(process.env["MODEL_SEEDS"] ?? 2);

for (let seed = first; seed < first + seeds; seed++) {
  test(`seed ${seed}: whatever changes, fails and dies, it converges to what the provider holds`, async () => {
    expect(await runSeed(seed)).toEqual([]);
  });
}
