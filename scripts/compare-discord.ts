/**
 * Syncs a large made-up Discord against its stand-in through the real command line, kills it on the way, and compares
 * what is stored and served with the stand-in's state, exactly.
 *
 *     bun scripts/compare-discord.ts [messages] [channels] [threads] [changes] [kills]
 *
 * Default: 20000 40 300 500 10. Ends with 1 when something differs.
 */
import { parseConfig } from "@/core/config";
import { openApp } from "@/index";
import { discordIntegration } from "@/integrations/discord/integration";
import { temporaryFolder } from "@test/database";
import { discordViolations } from "@test/discord-truth";
import { changeThings, fill, talk } from "@test/discord-worlds";
import { structureViolations } from "@test/invariants";
import { createRandom } from "@test/random";
import { leastRequests } from "../test/fakes/discord/state";
import { serveDiscord } from "../test/fakes/discord/server";

const given = process.argv.slice(2).map(Number);
const [messages = 20_000, channels = 40, threads = 300, changes = 500, kills = 10] = given;
const acme = talk(20);
fill(acme, { messages, channels, threads, days: 400 });
const server = serveDiscord(acme.world);
const folder = temporaryFolder();
const environment = {
  STONETURNER_HOME: folder.path,
  INTEGRATION_API_URLS: `discord=${server.url}`,
  LOG_LEVEL: "warn",
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

/** Runs `stoneturner sync discord`, and kills it after `killAfter` requests when given. True when it ended by itself. */
async function sync(full: boolean, killAfter?: number): Promise<boolean> {
  const child = Bun.spawn(["bun", "src/cli.ts", "sync", "discord", "--wait", ...(full ? ["--full"] : [])], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit"],
  });
  let asked = 0;
  server.onRequest = () => {
    if (++asked === killAfter) child.kill("SIGKILL");
  };
  const code = await child.exited;
  server.onRequest = undefined;
  return child.signalCode === null && code === 0;
}

async function check(what: string): Promise<void> {
  const violations = await withApp(async ({ db }) => [
    ...(await discordViolations(db, acme.world)),
    ...(await structureViolations(db)),
  ]);
  failed ||= violations.length > 0;
  const requests = server.requests.length;
  console.log(
    `${what}: ${violations.length === 0 ? "equal" : violations.join("\n  ")} · ${requests} requests`,
  );
}

async function syncWithKills(full: boolean, about: number): Promise<number> {
  let killed = 0;
  while (!(await sync(full, killed < kills ? 1 + random.below(Math.max(2, about)) : undefined))) killed++;
  return killed;
}

await withApp(({ credentials }) =>
  credentials.save(discordIntegration, { integration: "Discord", account: "bot", apiKey: acme.world.token }),
);
server.requests.length = 0;
const began = performance.now();
await sync(true);
const least = leastRequests(acme.world);
await check(`Full sync in ${Math.round((performance.now() - began) / 1_000)} s (least: ${least} requests)`);
failed ||= server.requests.length > least * 1.1;
changeThings(acme, changes);
server.requests.length = 0;
await sync(false);
await check(`Incremental sync after ${changes} changes`);
changeThings(acme, changes);
server.requests.length = 0;
const killed = await syncWithKills(false, 60);
await check(`Incremental sync after ${changes} more changes, killed ${killed} times`);
await withApp(({ runner }) => runner.purge("Discord"));
server.requests.length = 0;
const killedFull = await syncWithKills(true, Math.floor(least / 12));
await check(`Full sync from nothing, killed ${killedFull} times`);
await server[Symbol.asyncDispose]();
folder[Symbol.dispose]();
process.exit(failed ? 1 : 0);
