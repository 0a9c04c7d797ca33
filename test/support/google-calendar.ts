/** The program with Google Calendar connected to its fake, for the tests of the integration. */
import { googleCalendarIntegration } from "@/integrations/google-calendar/integration";
import { startCalendar } from "../fakes/google-calendar/fake";
import { type FakeEvent, keyOf, ME } from "../fakes/google-calendar/world";
import { connectedApp, differences } from "./fake-app";
import { fastClock } from "./fast-clock";

const DAY_MS = 86_400_000;
export const day = (after: number) => new Date(Date.now() + after * DAY_MS).toISOString().slice(0, 10);
export const hours = (date: string, from = "10:00", to = "10:30") => ({
  start: { dateTime: `${date}T${from}:00Z`, timeZone: "UTC" },
  end: { dateTime: `${date}T${to}:00Z`, timeZone: "UTC" },
});

/** Connected through consent; `options` as a person fills them into the form. */
export async function calendars(options: Record<string, string> = {}, items = 0, pageSize = 5) {
  const clock = fastClock();
  const fake = await startCalendar({ seed: 7, items, clock, pageSize });
  const credential = { ...fake.credential, options };
  const place = await connectedApp(googleCalendarIntegration, { ...fake, credential }, { clock });
  return {
    ...place,
    fake,
    world: fake.world,
    keys: async () => [...(await place.served()).keys()].sort(),
    markdown: async (event: FakeEvent, calendar = ME) =>
      (await place.served()).get(keyOf(calendar, event))?.markdown ?? "",
    rows: (sql: string) => place.app.db.raw.all(sql),
    differences: async () => differences(await place.served(), fake),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

export const keysOf = (...events: FakeEvent[]) => events.map((event) => keyOf(ME, event)).sort();
