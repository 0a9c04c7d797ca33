import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { configRegistry } from "@/integrations/config-registry";
import { supportedIntegrations } from "@/integrations/sync-registry";
import { discordApp } from "@test/discord";
import { discordViolations } from "@test/discord-truth";
import { changeThings, fill, talk } from "@test/discord-worlds";
import { contentFingerprint, structureViolations } from "@test/invariants";
import { leastRequests } from "../../../test/fakes/discord/state";
import { discordIntegration } from "./integration";

const size = { channels: 6, threads: 12, messages: 900, days: 40 };

test("Discord is registered for forms and for syncs, with an icon of its own", async () => {
  expect(configRegistry.map(({ integration }) => integration)).toContain("Discord");
  expect(supportedIntegrations).toContain(discordIntegration);
  const icon = join(import.meta.dir, "../..", discordIntegration.config.icon);
  expect(await Bun.file(icon).text()).toStartWith("<svg");
});

describe("a synced server", () => {
  test("equals Discord's state after a full sync, in the fewest requests, and again after changes", async () => {
    const acme = talk(7);
    fill(acme, size);
    await using discord = await discordApp({ world: acme.world });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
    expect(discord.server.requests.length).toBeLessThanOrEqual(leastRequests(acme.world) * 1.1);
    expect(discord.server.requests.filter(({ status }) => status !== 200)).toEqual([]);
    const before = await contentFingerprint(discord.app.db);
    expect(await discord.sync()).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
    expect(await contentFingerprint(discord.app.db)).toBe(before);
    changeThings(acme, 100);
    expect(await discord.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await discordViolations(discord.app.db, acme.world)).toEqual([]);
    expect(await structureViolations(discord.app.db)).toEqual([]);
    for (const { sql } of discordIntegration.config.exampleQueries ?? [])
      expect((await discord.app.sql.query(sql)).rows.length).toBeGreaterThan(0);
  });

  test("is found by what was said, and purged without a trace", async () => {
    const { world, guild } = talk(1);
    const channel = world.addChannel(guild, "harbour");
    const ann = world.addUser("ann", { globalName: "Ann Lee" });
    world.post(channel, ann, "The crane was painted green in May.");
    await using discord = await discordApp({ world });
    await discord.connect();
    await discord.sync("full");
    const found = await discord.app.search({ query: "which colour was the crane painted" });
    expect(found.results[0]).toMatchObject({
      integration: "Discord",
      title: expect.stringContaining("#harbour"),
    });
    const [place] = await discord.app.db.raw.all(
      `SELECT container, position FROM searchArtifact WHERE container = ?`,
      [channel.id],
    );
    expect(Number(place?.["position"])).toBeCloseTo(Date.now() / 86_400_000, 1);
    const { rows } = await discord.app.sql.query(`SELECT "authorName", "content" FROM "discordMessage"`);
    expect(rows).toEqual([["Ann Lee", "The crane was painted green in May."]]);
    await discord.app.runner.purge("Discord");
    for (const table of discordIntegration.tableNames ?? [])
      expect((await discord.app.sql.query(`SELECT count(*) FROM "${table}"`)).rows).toEqual([[0]]);
    expect(await discord.app.db.$count(mdArtifacts, isNull(mdArtifacts.deletedAt))).toBe(0);
  });
});
