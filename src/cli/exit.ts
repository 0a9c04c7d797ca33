import { CommanderError } from "commander";
import {
  AuthError,
  CancelledError,
  InputError,
  messageOf,
  NotFoundError,
  StoneturnerError,
} from "@/core/models/errors";

/** What the command's exit code says; `docs/cli.md` promises these to scripts. */
export const exitCodes = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  needsReconnect: 4,
  interrupted: 130,
} as const;

/** The exit code for whatever ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  if (error instanceof InputError) return exitCodes.usage;
  if (error instanceof NotFoundError) return exitCodes.notFound;
  if (error instanceof AuthError) return exitCodes.needsReconnect;
  if (error instanceof CancelledError) return exitCodes.interrupted;
  return exitCodes.failure;
}

/** What a person is told about whatever ended a command, on one line. Commander has told its own errors already. */
export function explain(error: unknown): string | undefined {
  if (error instanceof CommanderError) return undefined;
  const fields = error instanceof InputError ? error.details : [];
  const known = messageOf(error);
  const missing = fields.filter((issue) => !known.includes(issue.message));
  const parts = [known, ...missing.map((issue) => `${issue.field}: ${issue.message}.`)];
  // A defect of ours: there is no next action but to look closer.
  if (!(error instanceof StoneturnerError)) parts.push("LOG_LEVEL=debug shows where it happened.");
  return parts.join(" ").replaceAll(/\s*\n\s*/g, " ");
}
