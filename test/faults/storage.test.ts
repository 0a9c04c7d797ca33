/** A data folder that takes no writes any more: case 63 of the list. */
import { expect, test } from "bun:test";
import { startServer } from "@/core/handlers/server";
import { fakeApp } from "@test/provider-syncs";

test("case 63: a data folder that is read-only is told plainly, is not ready, and is not hammered; then all goes on", async () => {
  await using fake = await fakeApp();
  const { app, provider } = fake;
  provider.world.fill(12);
  await fake.sync();
  const server = await startServer(app, () => Promise.resolve(new Map()));
  const status = async (path: string) => (await fetch(new URL(path, server.url))).status;
  expect(await status("/readyz")).toBe(200);
  for (let index = 0; index < 12; index++) provider.world.put(`i0${index + 10}`, `Edited ${index}.`);
  const readOnly = (on: boolean) => app.db.raw.all(`PRAGMA query_only = ${on ? "ON" : "OFF"}`);
  let turned: Promise<unknown> | undefined;
  provider.onRequest = (line) => {
    if (line.includes("cursor=")) turned ??= readOnly(true);
  };
  const [started] = await app.runner.start({ integration: "Fake", mode: "full", trigger: "manual" });
  const ended = () =>
    app.logged.find((line) => line["message"] === "The end of a sync could not be recorded.");
  while (ended() === undefined) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(ended()?.["reason"]).toContain("The data folder is read-only.");
  const told = [await status("/readyz"), await status("/healthz"), await status("/api/artifacts/Fake")];
  expect(told).toEqual([503, 200, 200]);
  expect((await app.search({ query: "harbour crane" })).results.length).toBeGreaterThan(0);
  const asked = provider.asked.length;
  for (let look = 0; look < 3; look++) await app.runner.recover().catch(() => undefined);
  expect(provider.asked).toHaveLength(asked);
  await readOnly(false);
  await app.runner.recover();
  expect(await app.runner.wait(started?.runId ?? "")).toMatchObject({ state: "succeeded" });
  expect(await status("/readyz")).toBe(200);
  await fake.check("truth");
  await server.stop();
});
