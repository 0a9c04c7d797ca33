/** The program with Salesforce connected to its fake by consent, for the tests of the integration. */
import { salesforceIntegration } from "@/integrations/salesforce/integration";
import { startSalesforce } from "../fakes/salesforce/fake";
import { type FakeRecord, keyOf } from "../fakes/salesforce/world";
import { connectedApp } from "./fake-app";
import { fastClock } from "./fast-clock";

export async function salesforce(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock(2_000);
  const fake = await startSalesforce({ seed: 7, items, clock, pageSize: 4 });
  const credential = { ...fake.credential, options };
  const place = await connectedApp(salesforceIntegration, { ...fake, credential }, { clock });
  const [row] = await place.app.credentials.list("Salesforce");
  const account = row?.account ?? "";
  return {
    ...place,
    fake,
    clock,
    account,
    world: fake.world,
    /** Changes the account's settings, as its form does. */
    choose: (changed: Record<string, string>) =>
      place.app.credentials.save(salesforceIntegration, { ...credential, account, options: changed }),
    keys: async () => [...(await place.served()).keys()].toSorted(),
    markdown: async (record: FakeRecord) => (await place.served()).get(keyOf(record))?.markdown,
    sql: async (statement: string) => (await place.app.sql.query(statement)).rows,
    /** Statements that `act` leads to. */
    asked: async (act: () => Promise<unknown>) => {
      const before = fake.requests().length;
      await act();
      const made = fake.requests().slice(before);
      return made.flatMap(({ path }) => new URL(path, "http://fake.invalid").searchParams.get("q") ?? []);
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
