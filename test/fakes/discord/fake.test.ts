import { expect, test } from "bun:test";
import { systemClock } from "@/core/services/http/clock";
import { discordIntegration } from "@/integrations/discord/integration";
import { testApp } from "../../support/app";
import { isNull } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { startFake } from "./fake";

test("what the stand-in expects is what is served, after every kind of change", async () => {
  await using fake = await startFake({ seed: 5, items: 30, clock: systemClock });
  await using app = await testApp({
    integrations: [discordIntegration],
    environment: { INTEGRATION_API_URLS: fake.apiUrls },
  });
  await app.credentials.save(discordIntegration, fake.credential);
  const check = async (mode: "full" | "incremental") => {
    const [started] = await app.runner.start({ integration: "Discord", mode, trigger: "manual" });
    expect(await app.runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded" });
    const rows = await app.db.select().from(mdArtifacts).where(isNull(mdArtifacts.deletedAt));
    const served = new Map(rows.map((row) => [row.integrationArtifactId, row]));
    const expected = fake.world.snapshot();
    expect([...served.keys()].toSorted()).toEqual([...expected.keys()].toSorted());
    for (const [key, { title, needles }] of expected) {
      expect(served.get(key)?.title).toBe(title);
      for (const needle of needles) expect(served.get(key)?.markdown).toContain(needle);
    }
  };
  await check("full");
  const { world } = fake;
  const changed = [world.create(), world.create(), world.edit(), world.createHuge?.()];
  world.createEmpty?.();
  world.createUnknown?.();
  expect(changed.every((key) => key !== undefined && world.snapshot().has(key))).toBe(true);
  const gone = [world.delete?.(), world.delete?.(), world.hide?.()];
  expect(gone.some((key) => key !== undefined && world.snapshot().has(key))).toBe(false);
  await check("incremental");
  await check("full");
});
