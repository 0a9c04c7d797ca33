/**
 * Syncs a large made-up Notion workspace against its stand-in through the real command line, kills it on the way, and
 * compares what is served with the stand-in's state, to the last character.
 *
 *     bun scripts/compare-notion.ts [pages] [changes] [kills]
 *
 * Default: 5000 500 10. Ends with 1 when something differs, or when a full sync takes a tenth more requests than it must.
 */
import { parseConfig } from "@/core/config";
import { systemClock } from "@/core/services/http/clock";
import { openApp } from "@/index";
import { notionIntegration } from "@/integrations/notion/integration";
import { temporaryFolder } from "@test/database";
import { structureViolations } from "@test/invariants";
import { compareNotion } from "../test/fakes/notion/compare";
import { startFake } from "../test/fakes/notion/fake";

const [pages = 5_000, changes = 500, kills = 10] = process.argv.slice(2).map(Number);
const clock = { ...systemClock, ahead: 0, now: () => Date.now() + clock.ahead };
const fake = await startFake({ seed: 5, items: pages, clock });
const { world } = fake;
const folder = temporaryFolder();
const environment = { STONETURNER_HOME: folder.path, INTEGRATION_API_URLS: fake.apiUrls, LOG_LEVEL: "error" };
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

/** Runs `stoneturner sync notion`, and kills it after `killAfter` requests when given. True when it ended by itself. */
async function sync(full: boolean, killAfter?: number): Promise<boolean> {
  const child = Bun.spawn(["bun", "src/cli.ts", "sync", "notion", "--wait", ...(full ? ["--full"] : [])], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "ignore"],
  });
  let asked = 0;
  fake.faults.onRequest(() => {
    if (++asked === killAfter) child.kill("SIGKILL");
  });
  const code = await child.exited;
  return child.signalCode === null && code === 0;
}

async function syncWithKills(full: boolean, about: number): Promise<number> {
  let killed = 0;
  while (!(await sync(full, killed < kills ? 1 + world.random.below(Math.max(2, about)) : undefined)))
    killed++;
  return killed;
}

/** Lets an hour pass, then so many things happen. */
function change(times: number): void {
  clock.ahead += 3_600_000;
  const events = [world.create, world.edit, world.edit, world.edit, world.delete, () => world.move()];
  for (let count = 0; count < times; count++) world.random.pick(events)();
}

async function check(what: string, from: number): Promise<void> {
  const violations = await withApp(async ({ db }) => {
    const rows = await db.raw.all(
      "SELECT integrationArtifactId AS id, title, markdown FROM mdArtifacts WHERE deletedAt IS NULL",
    );
    const served = new Map(
      rows.map((row) => [
        String(row["id"]),
        { title: String(row["title"]), markdown: String(row["markdown"]) },
      ]),
    );
    return [...compareNotion(fake.truth(), served), ...(await structureViolations(db))];
  });
  failed ||= violations.length > 0;
  const found = violations.length === 0 ? "equal" : violations.slice(0, 3).join("\n  ");
  console.log(`${what}: ${found} · ${fake.requests().length - from} requests`);
}

await withApp(({ credentials }) => credentials.save(notionIntegration, fake.credential));
clock.ahead += 3_600_000;
let from = fake.requests().length;
const began = performance.now();
await sync(true);
const least = fake.leastRequests();
failed ||= fake.requests().length - from > least * 1.1;
await check(
  `Full sync in ${Math.round((performance.now() - began) / 1_000)} s (least: ${least} requests)`,
  from,
);
change(changes);
from = fake.requests().length;
await sync(false);
await check(`Incremental sync after ${changes} changes`, from);
change(changes);
from = fake.requests().length;
const killed = await syncWithKills(false, 60);
await check(`Incremental sync after ${changes} more changes, killed ${killed} times`, from);
await withApp(({ runner }) => runner.purge("Notion"));
from = fake.requests().length;
const killedFull = await syncWithKills(true, Math.floor(least / 12));
await check(`Full sync from nothing, killed ${killedFull} times`, from);
await fake[Symbol.asyncDispose]();
folder[Symbol.dispose]();
process.exit(failed ? 1 : 0);
