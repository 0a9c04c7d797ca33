import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";
import { structureViolations } from "@test/invariants";
import { inspect } from "@test/provider-child";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import type { StartFake } from "../fakes/fake";
import { failureOf, type Finding, type Size } from "./stage";
import type { Integration } from "@/core/models/integration";

const child = resolve(import.meta.dir, "kill-child.ts");
export const killHint =
  "Give every page a cursor from which the next process can go on; keep no state between pages.";

/** A real process that dies with SIGKILL after its first page, its second, and so on; another one goes on each time. */
export async function killCheck(
  integration: Integration,
  startFake: StartFake,
  size: Size,
): Promise<Finding> {
  const clock = fastClock();
  await using fake = await startFake({ seed: size.seed, items: size.items, clock });
  using home = temporaryFolder();
  const open = (connect: boolean) => connectedApp(integration, fake, { clock, home: home.path, connect });
  await (await open(true))[Symbol.asyncDispose]();
  const faults: string[] = [];
  let killed = 0;
  for (let page = 1; page <= size.kills; page++) {
    const run = Bun.spawn(
      [process.execPath, child, integration.config.integration, fake.apiUrls, String(page)],
      {
        env: {
          ...process.env,
          STONETURNER_HOME: home.path,
          LOG_LEVEL: "error",
          INTEGRATION_API_URLS: fake.apiUrls,
        },
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    await run.exited;
    faults.push(...(await inspect(home.path, structureViolations)));
    if (run.signalCode !== "SIGKILL") break;
    killed++;
    fake.world.create();
  }
  if (killed === 0) faults.push("no process was killed: the sync had no page");
  await using place = await open(false);
  await place.app.runner.recover();
  faults.push(...failureOf(await place.sync("full")), ...failureOf(await place.sync("full")));
  return [
    ...faults,
    ...differences(await place.served(), fake),
    ...(await structureViolations(place.app.db)),
  ];
}
