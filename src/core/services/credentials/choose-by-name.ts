import { InputError } from "@/core/models/errors";
import { plainLine } from "@/lib/clean-text";
import { closest } from "@/lib/closest";

/** Something of an account that a person may choose by one of its names, its id among them. */
export interface Choice {
  id: string;
  names: readonly (string | null | undefined)[];
}

/**
 * What people wrote into an option, as ids: matched whole, without regard to case.
 *
 * @param what the plural of what is chosen, e.g. `teams`; also the option's key.
 * @throws InputError naming the option, the name that is unknown, and those that it may have meant.
 */
export function idsByName(
  integration: string,
  what: string,
  given: readonly string[],
  choices: readonly Choice[],
): string[] {
  return given.map((name) => {
    const lower = name.toLowerCase();
    const found = choices.find((one) =>
      [one.id, ...one.names].some((known) => known?.toLowerCase() === lower),
    );
    if (found !== undefined) return found.id;
    const near = closest(
      name,
      choices.flatMap(({ names }) => names.flatMap((known) => known ?? [])),
    );
    const known = choices.slice(0, 20).map(({ id, names }) => names.find(Boolean) ?? id);
    const hint = near.length > 0 ? `did you mean ${near.join(" or ")}?` : `there are ${known.join(", ")}`;
    const message = `takes names of ${what}; ${hint}`;
    throw new InputError(
      `'${plainLine(name, 100)}' is not among the ${what} of this ${integration} account: it ${message}`,
      [{ field: `options.${what}`, message }],
    );
  });
}
