/**
 * `bun run test:faults`: the long forms of what `npm test` plays shortly.
 * `--seeds N [--seed S]`: the fault model with N seeds from S on; prints each seed that fails.
 * `--kills N [--files N] [--seed S]`: a folder of 5,000 files synced while its process is killed N times.
 */
import { parseArgs } from "node:util";
import { runSeed } from "../test/faults/model-run";

const { values } = parseArgs({
  options: {
    seeds: { type: "string" },
    seed: { type: "string" },
    kills: { type: "string" },
    files: { type: "string", default: "5000" },
  },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));

/** Plays seeds one after the other. @returns how many of them had violations */
async function playSeeds(count: number): Promise<number> {
  let violated = 0;
  for (let seed = first; seed < first + count; seed++) {
    const violations = await runSeed(seed);
    if (violations.length === 0) continue;
    violated++;
    console.log(`seed ${seed}:\n  ${violations.join("\n  ")}`);
  }
  console.log(`${count} seeds from ${first} on, ${violated} with violations`);
  return violated;
}

/** Runs the kill test at another size. @returns its exit code */
async function playKills(kills: string): Promise<number> {
  const size = { KILL_TIMES: kills, KILL_FILES: values.files, KILL_SEED: String(first) };
  const child = Bun.spawn([process.execPath, "test", "test/faults/kill.test.ts", "--timeout=3600000"], {
    env: { ...process.env, ...size },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return await child.exited;
}

const failed = values.kills === undefined ? 0 : await playKills(values.kills);
const seeds = Number(values.seeds ?? (values.kills === undefined ? 20 : 0));
const violated = seeds > 0 ? await playSeeds(seeds) : 0;
process.exitCode = failed > 0 || violated > 0 ? 1 : 0;
