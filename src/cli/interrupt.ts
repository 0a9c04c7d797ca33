import { CancelledError } from "@/core/models/errors";
import { exitCodes } from "./exit-codes";

/** A package manager that started us passes the terminal's Ctrl-C on once more: two this close together are one. */
const SAME_SIGNAL_MS = 500;

/** Turns the first SIGINT or SIGTERM into an abort, and the second into an end at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  let firstAt: number | undefined;
  const onSignal = () => {
    firstAt ??= Date.now();
    if (controller.signal.aborted && Date.now() - firstAt > SAME_SIGNAL_MS)
      process.exit(exitCodes.interrupted);
    controller.abort(new CancelledError("Interrupted."));
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal);
  return controller.signal;
}
