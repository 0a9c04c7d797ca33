import type { Db } from "@/core/models/database";
import { PermanentError } from "@/core/models/errors";
import type { SyncContext } from "@/core/models/integration";
import type { Stream } from "@/core/services/sync/stream";
import { plainLine } from "@/lib/clean-text";
import { calendarApiOf } from "../api/calendar-api";
import { isChosen, missingOf } from "../calendars";
import { knownCalendars } from "../db/queries";
import type { Calendar } from "../models/models";
import { type CalendarOptions, spanOf } from "../models/options";
import { monthsFrom } from "../recurrence/series-dates";
import type { Entry } from "./entries";
import { leavingStream } from "./leaving";
import { eventsStream, readAsOf } from "./stream";

/** A stream for each calendar that is read, and before them one for each that no longer is. */
export async function calendarStreams(
  context: SyncContext,
  options: CalendarOptions,
  db: Db,
): Promise<Stream<Entry>[]> {
  const { account } = context;
  const api = calendarApiOf(context);
  const [listed, known] = [await api.allCalendars(), await knownCalendars(db, account)];
  if (listed.length === 0 && known.length > 0) throw noneListed();
  // The account's own comes first: where even that is refused, nothing is believed of the others.
  const chosen = listed
    .filter((calendar) => isChosen(calendar, options))
    .sort((a, b) => Number(b.primary === true) - Number(a.primary === true));
  const ids = new Set(chosen.map(({ id }) => id));
  const left = known.filter(({ calendarId }) => !ids.has(calendarId));
  const now = Date.now();
  const [span, months] = [spanOf(options, now), monthsFrom(now)];
  const streamOf = (calendar: Calendar) => {
    const scene = { calendar, options, span, months };
    const place = { account, calendarId: calendar.id };
    return eventsStream({ api, scene, place, readAs: readAsOf(scene) });
  };
  return [
    choiceStream(missingOf(options, chosen)),
    ...left.map(({ calendarId }) => leavingStream({ account, calendarId })),
    ...chosen.map(streamOf),
  ];
}

/** Says as a failed item, until it is over, which of the chosen calendars the account does not see. */
function choiceStream(missing: readonly string[]): Stream<Entry> {
  const key = "the choice of calendars";
  const reason =
    `Not among the calendars of this account: ${missing.map((id) => plainLine(id)).join(", ")}. ` +
    "Choose others on the source's page, or show them again in Google Calendar.";
  return {
    name: "choice of calendars",
    enumerates: [],
    key: () => "",
    version: () => "",
    render: () => null,
    pages: async function* () {
      const told =
        missing.length > 0 ? { failures: [{ key, reason }] } : { removed: [{ key, state: "gone" as const }] };
      yield { items: [], ...told, cursor: null };
    },
  };
}

function noneListed(): PermanentError {
  return new PermanentError("Google lists no calendar at all for this account, not even its own.", {
    action: "Nothing was removed. Look whether calendar.google.com shows them; the next sync asks again.",
  });
}
