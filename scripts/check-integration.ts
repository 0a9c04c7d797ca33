/**
 * `bun run check-integration NAME [--seed N] [--items N] [--kills N] [--worlds N] [--only CHECK]
 * [--write FILE]`: the suite that every integration passes, in its long form, with a report. `--all` checks every
 * registered one; `--only "random worlds"` runs one check; `--write` puts the report into a file.
 */
import { checkNames, fakeOf, noFake, type Result, runCheck } from "../test/conformance/kit";
import { allPassed, documentOf, reportOf } from "../test/conformance/report";
import { argumentsOf, countOf, fail } from "./scaffold/arguments";
import { integrationNamed, integrationNames as names } from "./scaffold/integration-named";

const usage = `Usage: bun run check-integration NAME. There are ${names.join(", ")}; --all checks them all.`;
const { values, positionals } = argumentsOf(
  {
    all: { type: "boolean", default: false },
    seed: { type: "string", default: "11" },
    items: { type: "string", default: "40" },
    kills: { type: "string", default: "50" },
    worlds: { type: "string", default: "5" },
    only: { type: "string" },
    write: { type: "string" },
  },
  usage,
);
const size = {
  seed: countOf("seed", values.seed),
  items: countOf("items", values.items),
  kills: countOf("kills", values.kills),
  worlds: countOf("worlds", values.worlds),
};
const { only } = values;
if (only !== undefined && !checkNames.includes(only))
  fail(`There is no check '${only}'. There are: ${checkNames.join(", ")}.`);
const wanted = values.all ? names : positionals;
const reports = new Map<string, Result[]>();
let passed = wanted.length > 0;
if (!passed) console.error(usage);
for (const name of wanted) {
  const found = await check(name);
  passed &&= found !== undefined && allPassed(found);
  if (found !== undefined) reports.set(name, found);
}
if (values.write !== undefined) await Bun.write(values.write, documentOf(reports, size));
console.log([...reports].map(([name, found]) => `\n${reportOf(name, found)}`).join("\n"));
process.exit(passed ? 0 : 1);

async function check(name: string): Promise<Result[] | undefined> {
  const integration = integrationNamed(name);
  if (integration === undefined) return undefined;
  const startFake = await fakeOf(integration.config.integration);
  if (startFake === undefined) {
    console.error(noFake(integration.config.integration));
    return undefined;
  }
  const results: Result[] = [];
  for (const one of checkNames.filter((known) => known === (only ?? known))) {
    const result = await runCheck(one, integration, startFake, size);
    const sign = result.faults === undefined ? "–" : result.faults.length === 0 ? "ok" : "FAILED";
    console.log(`${sign.padEnd(7)} ${one} (${(result.ms / 1_000).toFixed(1)} s)`);
    results.push(result);
  }
  return results;
}
