import type { Cli } from "./context";
import { exitCodeOf, explain } from "./exit";
import { createProgram } from "./program";

/**
 * Runs one command to its end and tells a person why it failed, if it did.
 * @param args what stands after `stoneturner` on the command line
 * @returns the exit code, where the command ended with an error; otherwise undefined
 */
export async function runProgram(
  cli: Cli,
  version: string,
  args: readonly string[],
): Promise<number | undefined> {
  try {
    await createProgram(cli, version).parseAsync(args, { from: "user" });
    return undefined;
  } catch (error) {
    const explanation = explain(error);
    if (explanation !== undefined) cli.note(`stoneturner: ${explanation}`);
    if (cli.variable("LOG_LEVEL") === "debug" && error instanceof Error) cli.note(error.stack ?? "");
    return exitCodeOf(error);
  }
}
