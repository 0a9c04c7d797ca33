/**
 * Syncs a large made-up account against its stand-in through the real command line, kills it on the way, and compares
 * what is stored and served with the stand-in's state.
 *
 *     bun scripts/compare.ts discord|gong|notion [--scale 1] [--changes 500] [--kills 10]
 *
 * Ends with 1 when something differs, or when a full sync takes a tenth more requests than it must.
 */
import { parseArgs } from "node:util";
import { parseConfig } from "@/core/config";
import { openApp } from "@/index";
import { temporaryFolder } from "@test/database";
import { structureViolations } from "@test/invariants";
import { createRandom } from "@test/random";
import type { Compare } from "./compare/comparison";
import { compareDiscord } from "./compare/discord";
import { compareGong } from "./compare/gong";
import { compareNotionWorkspace } from "./compare/notion";

const comparisons: Record<string, Compare> = {
  discord: compareDiscord,
  gong: compareGong,
  notion: compareNotionWorkspace,
};
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    scale: { type: "string", default: "1" },
    changes: { type: "string", default: "500" },
    kills: { type: "string", default: "10" },
  },
});
const [name = ""] = positionals;
const compare = comparisons[name];
if (compare === undefined)
  throw new Error(`Name one of ${Object.keys(comparisons).join(", ")}, not "${name}".`);
const [changes, kills] = [Number(values.changes), Number(values.kills)];
await using source = await compare(Number(values.scale));
using folder = temporaryFolder();
const environment = {
  STONETURNER_HOME: folder.path,
  INTEGRATION_API_URLS: source.apiUrls,
  LOG_LEVEL: "error",
};
const random = createRandom(1);
let failed = false;

async function withApp<Result>(
  use: (app: Awaited<ReturnType<typeof openApp>>) => Promise<Result>,
): Promise<Result> {
  const app = await openApp({ config: parseConfig(environment), writeLog: () => undefined });
  try {
    return await use(app);
  } finally {
    await app.close();
  }
}

/** Runs `stoneturner sync`, and kills it after `killAfter` requests when given. True when it ended by itself. */
async function sync(full: boolean, killAfter?: number): Promise<boolean> {
  const child = Bun.spawn(["bun", "src/cli.ts", "sync", name, "--wait", ...(full ? ["--full"] : [])], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "ignore"],
  });
  let asked = 0;
  source.onRequest(() => {
    if (++asked === killAfter) child.kill("SIGKILL");
  });
  const code = await child.exited;
  source.onRequest(undefined);
  if (child.signalCode === null && code !== 0) throw new Error(`The sync ended by itself with ${code}.`);
  return child.signalCode === null;
}

/** A sync that is killed again and again, after at most `about` requests each time, until it has come through. */
async function syncWithKills(full: boolean, about: number): Promise<number> {
  let killed = 0;
  while (!(await sync(full, killed < kills ? 1 + random.below(Math.max(2, about)) : undefined))) killed++;
  return killed;
}

/** Lets `syncing` run and prints how its end compares. */
async function compared(what: string, syncing: () => Promise<unknown>, most = Infinity): Promise<void> {
  const [before, began] = [source.requests(), performance.now()];
  const result = await syncing();
  const seconds = Math.round((performance.now() - began) / 1_000);
  const asked = source.requests() - before;
  const violations = await withApp(async ({ db }) => [
    ...(await source.violations(db)),
    ...(await structureViolations(db)),
  ]);
  failed ||= violations.length > 0 || asked > most;
  const found = violations.length === 0 ? "equal" : violations.slice(0, 5).join("\n  ");
  const killed = typeof result === "number" ? `, killed ${result} times` : "";
  console.log(`${what}${killed}: ${found} · ${asked} requests, ${seconds} s`);
}

await withApp(({ credentials }) => credentials.save(source.integration, source.credential));
const least = source.leastRequests();
console.log(`${source.size}; a full sync takes ${least} requests at least`);
await compared("Full sync", () => sync(true), least * 1.1);
source.change(changes);
await compared(`Incremental sync after ${changes} changes`, () => sync(false));
source.change(changes);
// An update takes far fewer requests than a full sync.
const often = Math.min(60, least / 12);
await compared(`Incremental sync after ${changes} more changes`, () => syncWithKills(false, often));
await withApp(({ runner }) => runner.purge(source.integration.config.integration));
await compared("Full sync from nothing", () => syncWithKills(true, Math.floor(least / 12)));
process.exitCode = failed ? 1 : 0;
