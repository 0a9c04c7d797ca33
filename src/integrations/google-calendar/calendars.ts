/** Which calendars of an account are read. */
import type { Calendar } from "./models/models";
import type { CalendarOptions } from "./models/options";

/** Of others only busy times are to be seen. */
const ROLES = new Set(["reader", "writer", "owner"]);

export function isReadable({ accessRole, hidden, deleted }: Calendar): boolean {
  return hidden !== true && deleted !== true && ROLES.has(accessRole ?? "reader");
}

/** Holidays, birthdays, week numbers and the like are made by Google, the same for everybody: only if they are chosen. */
const madeByGoogle = ({ id }: Calendar) => /#.*@group\.v\.calendar\.google\.com$/.test(id);

export function isChosen(calendar: Calendar, { calendars }: CalendarOptions): boolean {
  if (!isReadable(calendar)) return false;
  return calendars.length === 0 ? !madeByGoogle(calendar) : calendars.some((id) => isMeant(id, calendar));
}

/** What was chosen and is not there to be read. */
export function missingOf({ calendars }: CalendarOptions, read: readonly Calendar[]): string[] {
  return calendars.filter((id) => !read.some((calendar) => isMeant(id, calendar)));
}

function isMeant(chosen: string, { id, primary }: Calendar): boolean {
  return chosen.toLowerCase() === id.toLowerCase() || (chosen === "primary" && primary === true);
}
