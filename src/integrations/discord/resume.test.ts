/** Stopped at any page, a sync goes on where it stood and comes to the same. */
import { expect, test } from "bun:test";
import { filesFolder } from "@test/files";
import { discordApp } from "@test/discord";
import { discordViolations } from "@test/discord-truth";
import { changeThings, fill, talk } from "@test/discord-worlds";
import { structureViolations } from "@test/invariants";

const size = { channels: 2, threads: 5, messages: 420, days: 20 };

/** Starts a sync and stops the program before the request of this number. True when the sync was stopped. */
async function stoppedAt(
  world: ReturnType<typeof talk>["world"],
  home: string,
  request: number,
  mode: "full" | "incremental",
) {
  await using discord = await discordApp({ world, home });
  if (request === 1) await discord.connect();
  const stop = Promise.withResolvers<void>();
  let asked = 0;
  discord.server.onRequest = () => {
    if (++asked === request) stop.resolve();
  };
  const [started] = await discord.app.runner.start({ integration: "Discord", mode, trigger: "manual" });
  const ended = discord.app.runner.wait(started?.runId ?? "");
  const first = await Promise.race([
    stop.promise.then(() => "stop" as const),
    ended.then(() => "end" as const),
  ]);
  if (first === "stop") await discord.app.runner.shutdown();
  return first === "stop";
}

test.each(["full", "incremental"] as const)(
  "a sync (%s) that is stopped before every request in turn ends equal",
  async (mode) => {
    using home = filesFolder();
    const acme = talk(12);
    fill(acme, size);
    let request = 1;
    while (await stoppedAt(acme.world, home.path, request, mode)) request++;
    expect(request).toBeGreaterThan(5);
    await using discord = await discordApp({ world: acme.world, home: home.path });
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
    expect(await structureViolations(discord.app.db)).toEqual([]);
    changeThings(acme, 30);
    expect(await discord.sync()).toMatchObject({ state: "succeeded" });
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
  },
);
