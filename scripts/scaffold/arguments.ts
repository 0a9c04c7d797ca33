/** What a person gives a script: a wrong value ends it in words, not in a check that has nothing to look at. */
import { parseArgs, type ParseArgsConfig } from "node:util";
import { messageOf } from "@/core/models/errors";

/** Says why, and ends the program as failed. */
export function fail(message: string): never {
  console.error(message);
  process.exit(1);
}

/** The options and names of a command; one that it does not take ends in `usage`. */
export function argumentsOf<Options extends NonNullable<ParseArgsConfig["options"]>>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return fail(`${messageOf(error)}\n${usage}`);
  }
}

/** A whole number that is not negative. */
export function countOf(option: string, given: string): number {
  return /^\d{1,9}$/.test(given) ? Number(given) : fail(`--${option} takes a whole number, not '${given}'.`);
}
