import { expect, test } from "bun:test";
import { contentFingerprint, structureViolations } from "@test/invariants";
import { notionIntegration } from "./integration";
import { notionApp } from "../../../test/fakes/notion/app";

test("a full sync serves exactly what the workspace holds, in about the fewest requests", async () => {
  await using notion = await notionApp({ items: 80 });
  const least = notion.fake.leastRequests();
  const before = notion.fake.requests().length;
  expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0, error: null });
  expect(await notion.differences()).toEqual([]);
  expect(await structureViolations(notion.app.db)).toEqual([]);
  for (const { sql } of notionIntegration.config.exampleQueries ?? []) {
    expect((await notion.app.sql.query(sql)).rows.length).toBeGreaterThan(0);
  }
  const asked = notion.fake.requests().length - before;
  expect(asked).toBeLessThanOrEqual(Math.ceil(least * 1.1));
});

test("incremental syncs find whatever changed, and a quiet one writes nothing", async () => {
  await using notion = await notionApp({ items: 40, seed: 11 });
  await notion.sync();
  const { world } = notion.fake;
  const changes = [world.create, world.edit, world.edit, world.delete, () => world.move()];
  for (let round = 0; round < 3; round++) {
    notion.skip(30 * 60_000);
    for (let change = 0; change < 12; change++) world.random.pick(changes)();
    expect(await notion.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await notion.differences()).toEqual([]);
  }
  notion.skip(30 * 60_000);
  await notion.sync("incremental");
  const before = await contentFingerprint(notion.app.db);
  const requests = notion.fake.requests().length;
  await notion.sync("incremental");
  expect(await contentFingerprint(notion.app.db)).toBe(before);
  const asked = notion.fake.requests().slice(requests);
  expect(asked.filter(({ path }) => path.includes("/markdown"))).toEqual([]);
});
