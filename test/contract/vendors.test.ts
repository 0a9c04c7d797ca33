/**
 * Whole syncs, by the vendors' own words: each request that an integration sends, and each answer of its stand-in, is
 * what the vendor's OpenAPI file declares. `VENDOR_SPECS` names the folder with the files; they are not ours to pass on.
 */
import { describe, expect, test } from "bun:test";
import { discordIntegration } from "@/integrations/discord/integration";
import { gongIntegration } from "@/integrations/gong/integration";
import type { Integration } from "@/core/models/integration";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { type Exchange, recordBefore } from "@test/recorder";
import { requestChecker } from "@test/vendor-requests";
import { needing, specChecker, specPath } from "@test/vendor-spec";
import type { StartFake } from "../fakes/fake";
import { startFake as startDiscord } from "../fakes/discord/fake";
import { startGong } from "../fakes/gong/fake";

/** A full sync, every kind of change, and an incremental one. */
async function exchangesOf(integration: Integration, startFake: StartFake): Promise<Exchange[]> {
  const clock = fastClock();
  await using fake = await startFake({ seed: 4, items: 14, clock });
  const [name = "", target = ""] = fake.apiUrls.split("=");
  await using recorder = recordBefore(target);
  const recorded = { ...fake, apiUrls: `${name}=${recorder.url}` };
  await using place = await connectedApp(integration, recorded, { clock });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  const { world } = fake;
  world.create();
  world.edit();
  world.delete?.();
  world.hide?.();
  world.createEmpty?.();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
  return recorder.exchanges;
}

interface Vendor {
  integration: Integration;
  startFake: StartFake;
  file: string;
  /** Routes that a whole sync is known to need. */
  routes: readonly string[];
  /** Where the file is wrong about its own API. */
  mistakes: RegExp;
}

const vendors: Vendor[] = [
  {
    integration: gongIntegration,
    startFake: startGong,
    file: "gong-openapi.json",
    routes: ["/v2/workspaces", "/v2/users", "/v2/calls/extensive", "/v2/calls/transcript"],
    // It says "object" where Gong means any value.
    mistakes: /fields\/\d+\/value must/,
  },
  {
    integration: discordIntegration,
    startFake: startDiscord,
    file: "discord-openapi.json",
    routes: ["/users/@me/guilds", "/guilds/{guild_id}/channels", "/channels/{channel_id}/messages"],
    mistakes: /^$/,
  },
];

describe.each(vendors)("$file", ({ integration, startFake, file, routes, mistakes }) => {
  const spec = specPath(file);

  test.skipIf(spec === undefined)(
    `allows every request of a whole sync and declares every answer of the stand-in${needing(file)}`,
    async () => {
      const { routeOf, problems } = requestChecker(spec ?? "");
      const check = specChecker(spec ?? "");
      const exchanges = await exchangesOf(integration, startFake);
      const found = exchanges.flatMap(({ method, path, body, status, answer }) => [
        ...problems({ method, path, body }),
        ...(status === 200 ? check(method, routeOf(method, path) ?? "", status, JSON.parse(answer)) : []),
      ]);
      expect([...new Set(found.filter((problem) => !mistakes.test(problem)))]).toEqual([]);
      const met = new Set(exchanges.map(({ method, path }) => routeOf(method, path)));
      expect(routes.filter((route) => !met.has(route))).toEqual([]);
    },
    60_000,
  );
});
