import { CommanderError } from "commander";
import { storageErrorOf } from "@/core/db/storage-error";
import {
  AuthError,
  CancelledError,
  InputError,
  messageOf,
  NotFoundError,
  StoneturnerError,
} from "@/core/models/errors";
import { exitCodes } from "./exit-codes";
import { fileErrorOf } from "./file-error";

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
export function explain(thrown: unknown): string | undefined {
  if (thrown instanceof CommanderError) return undefined;
  const known = thrown instanceof StoneturnerError ? thrown : undefined;
  const error = known ?? storageErrorOf(thrown) ?? fileErrorOf(thrown) ?? thrown;
  const parts = [messageOf(error)];
  // An action says already what to do about the fields.
  if (error instanceof InputError && error.action === undefined) {
    const untold = error.details.filter((issue) => !error.message.includes(issue.message));
    parts.push(...untold.map(({ field, message }) => `${field}: ${message.replace(/\.$/, "")}.`));
  }
  // A defect of ours: there is no next action but to look closer.
  if (!(error instanceof StoneturnerError)) parts.push("LOG_LEVEL=debug shows where it happened.");
  return parts.join(" ").replaceAll(/\s*\n\s*/g, " ");
}
