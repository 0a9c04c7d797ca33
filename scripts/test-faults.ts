/** `bun run test:faults -- --seeds N [--seed S]`: the fault model with N seeds from S on. Prints each seed that fails. */
import { parseArgs } from "node:util";
import { runSeed } from "../test/faults/model-run";

const { values } = parseArgs({
  options: { seeds: { type: "string", default: "20" }, seed: { type: "string" } },
});
const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
let violated = 0;
for (let seed = first; seed < first + Number(values.seeds); seed++) {
  const violations = await runSeed(seed);
  if (violations.length === 0) continue;
  violated++;
  console.log(`seed ${seed}:\n  ${violations.join("\n  ")}`);
}
console.log(`${values.seeds} seeds from ${first} on, ${violated} with violations`);
process.exitCode = violated > 0 ? 1 : 0;
