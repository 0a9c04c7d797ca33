/** The program with HubSpot connected to its fake, for the tests of the integration. */
import { hubspotIntegration } from "@/integrations/hubspot/integration";
import { startHubspot } from "../fakes/hubspot/fake";
import { keyOf, type FakeRecord } from "../fakes/hubspot/world";
import { connectedApp } from "./fake-app";
import { fastClock } from "./fast-clock";

export async function hubspot(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock(2_000);
  const fake = await startHubspot({ seed: 7, items, clock, pageSize: 5 });
  const place = await connectedApp(hubspotIntegration, fake, { clock, connect: false });
  const connect = (changes: Record<string, unknown> = {}) =>
    place.app.credentials.save(hubspotIntegration, { ...fake.credential, options, ...changes });
  return {
    ...place,
    fake,
    clock,
    world: fake.world,
    connect,
    keys: async () => [...(await place.served()).keys()].toSorted(),
    markdown: async (record: FakeRecord) => (await place.served()).get(keyOf(record))?.markdown,
    sql: async (statement: string) => (await place.app.sql.query(statement)).rows,
    /** Requests that `act` leads to, without their query. */
    asked: async (act: () => Promise<unknown>) => {
      const before = fake.requests().length;
      await act();
      const made = fake.requests().slice(before);
      return made.map(({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`);
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
