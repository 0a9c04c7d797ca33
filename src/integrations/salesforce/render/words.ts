/** Values as people read them. */
import { toIso } from "@/lib/time";
import type { Item } from "../sync-steps/items";

type Values = Item["values"];

export function minuteOf(time: string | undefined): string | undefined {
  const iso = toIso(time);
  return iso === undefined ? undefined : `${iso.slice(0, 16).replace("T", " ")} UTC`;
}

/** A day as it stands there; of a time its day. */
export const dayOf = (time: string | undefined) =>
  time === undefined ? undefined : toIso(time)?.slice(0, 10);

export const moneyOf = (amount: string | undefined, { CurrencyIsoCode: currency }: Values) =>
  amount === undefined ? undefined : [plainNumber(amount), currency].filter(Boolean).join(" ");

export const listOf = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(", ");

export const yes = (value: string | undefined) => (value === "true" ? "yes" : undefined);

/** Large numbers come as `4.8E7`. */
function plainNumber(text: string): string {
  const number = Number(text);
  return Number.isSafeInteger(number) ? String(number) : text;
}

/** A field of the organisation's own. */
export function ownValue(type: string, value: string, values: Values): string | undefined {
  if (type === "boolean") return yes(value);
  if (type === "datetime") return minuteOf(value);
  if (type === "currency") return moneyOf(value, values);
  if (type === "percent") return `${value} %`;
  if (type === "multipicklist") return value.split(";").join(", ");
  return value;
}
