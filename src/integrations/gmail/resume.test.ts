/** Stopped before any request, a sync goes on where it stood and comes to the same. */
import { expect, test } from "bun:test";
import { temporaryFolder } from "@test/database";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { type GmailFake, startGmail } from "../../../test/fakes/gmail/fake";
import { gmailIntegration } from "./integration";

/** Starts a sync and stops the program before the request of this number. True when the sync was stopped. */
async function stoppedAt(fake: GmailFake, home: string, request: number, mode: "full" | "incremental") {
  const clock = fastClock();
  await using place = await connectedApp(gmailIntegration, fake, { clock, home, connect: false });
  const stop = Promise.withResolvers<"stop">();
  let asked = 0;
  fake.faults.onRequest?.(({ path }) => {
    if (path.startsWith("/gmail/") && ++asked === request) stop.resolve("stop");
  });
  const [started] = await place.app.runner.start({ integration: "Gmail", mode, trigger: "manual" });
  const ended = place.app.runner.wait(started?.runId ?? "").then(() => "end" as const);
  const first = await Promise.race([stop.promise, ended]);
  fake.faults.onRequest?.(() => undefined);
  if (first === "stop") await place.app.runner.shutdown();
  return first === "stop";
}

test.each(["full", "incremental"] as const)(
  "a sync (%s) that is stopped before every request in turn ends equal, though mail comes and goes meanwhile",
  async (mode) => {
    const clock = fastClock();
    using home = temporaryFolder();
    await using fake = await startGmail({ seed: 6, items: 9, clock, pageSize: 4 });
    const open = (connect: boolean) =>
      connectedApp(gmailIntegration, fake, { clock, home: home.path, connect });
    const first = await open(true);
    if (mode === "incremental") await first.sync();
    await first[Symbol.asyncDispose]();
    for (let count = 0; count < 8; count++) fake.world.random.pick([fake.world.create, fake.world.edit])();
    let request = 1;
    while (await stoppedAt(fake, home.path, request, mode)) {
      if (request++ % 3 === 0)
        fake.world.random.pick([fake.world.edit, fake.world.delete, fake.world.hide])();
    }
    expect(request).toBeGreaterThan(5);
    await using place = await open(false);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(differences(await place.served(), fake)).toEqual([]);
    expect(await structureViolations(place.app.db)).toEqual([]);
    expect(await place.sync("full")).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
  },
  60_000,
);
