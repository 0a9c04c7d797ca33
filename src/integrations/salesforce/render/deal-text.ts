import { bulletList, inlineText } from "@/lib/markdown-text";
import type { Item, Part } from "../sync-steps/items";
import { dayOf, listOf, moneyOf } from "./words";

/** Of a deal's changes the last so many are told. */
const MOST_STAGES = 30;

/** Who takes part in a deal, and as what; "" for nobody. */
export function peopleText(parts: readonly Part[]): string {
  const told = parts.flatMap(({ name, values }) => {
    const who = name === "role" ? values["Contact.Name"] : undefined;
    if (who === undefined) return [];
    const as = listOf(values["Role"], values["IsPrimary"] === "true" ? "primary" : undefined);
    return [inlineText(as === "" ? who : `${who} (${as})`)];
  });
  return told.length === 0 ? "" : `## People\n\n${bulletList(told)}`;
}

/** How a deal came to where it stands, oldest first. */
export function stagesText(parts: readonly Part[], { CurrencyIsoCode = "" }: Item["values"]): string {
  const told = parts
    .filter(({ name }) => name === "stage")
    .map(({ values }) => {
      const close = values["CloseDate"];
      const by = values["CreatedBy.Name"];
      const state = listOf(
        values["StageName"],
        moneyOf(values["Amount"], { CurrencyIsoCode }),
        close === undefined ? undefined : `closes ${close}`,
      );
      return inlineText(
        `${dayOf(values["CreatedDate"]) ?? "–"}: ${state}${by === undefined ? "" : ` (${by})`}`,
      );
    });
  return told.length === 0 ? "" : `## History\n\n${bulletList(told.slice(-MOST_STAGES))}`;
}
