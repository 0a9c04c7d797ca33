/** The program with Zendesk connected to its fake, for the tests of its tickets. */
import { zendeskIntegration } from "@/integrations/zendesk/integration";
import type { FakeTicket } from "../fakes/zendesk/desk";
import { startZendesk, ticketKeyOf } from "../fakes/zendesk/fake";
import { connectedApp } from "./fake-app";
import { fastClock } from "./fast-clock";

/** @param options as a person writes them; none where Zendesk decides. */
export async function zendeskDesk(options: Record<string, string> = {}) {
  const clock = fastClock(2_000);
  const fake = await startZendesk({ seed: 7, items: 0, clock });
  const place = await connectedApp(zendeskIntegration, fake, { clock, connect: false });
  const connect = (changes: Record<string, unknown> = {}) =>
    place.app.credentials.save(zendeskIntegration, { ...fake.credential, options, ...changes });
  return {
    ...place,
    fake,
    clock,
    connect,
    desk: fake.world.desk,
    keys: async () => [...(await place.served()).keys()].toSorted(),
    markdown: async (ticket: FakeTicket) => (await place.served()).get(ticketKeyOf(ticket))?.markdown,
    sql: async (statement: string) => (await place.app.sql.query(statement)).rows,
    /** Paths that `act` asks for, without their queries. */
    asked: async (act: () => Promise<unknown>) => {
      const before = fake.requests().length;
      await act();
      const made = fake.requests().slice(before);
      return made.map(({ path }) => path.replace("/api/v2", "").replace(/\?.*/, ""));
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
