import { expect, test } from "bun:test";
import { CommanderError } from "commander";
import * as errors from "@/core/models/errors";
import { exitCodeOf, explain } from "./exit";

test("exit codes are what the documentation promises", () => {
  expect(exitCodeOf(new CommanderError(0, "commander.helpDisplayed", ""))).toBe(0);
  expect(exitCodeOf(new CommanderError(1, "commander.unknownOption", "x"))).toBe(2);
  expect(exitCodeOf(new errors.InputError("x"))).toBe(2);
  expect(exitCodeOf(new errors.NotFoundError("x"))).toBe(3);
  expect(exitCodeOf(new errors.AuthError("x"))).toBe(4);
  expect(exitCodeOf(new errors.CancelledError("x"))).toBe(130);
  expect(exitCodeOf(new errors.ConfigError("x"))).toBe(1);
  expect(exitCodeOf(new Error("x"))).toBe(1);
});

test("an explanation is one line: what is wrong, and what to do", () => {
  const details = [{ field: "--limit", message: "takes 1 to 50." }];
  expect(explain(new errors.InputError("Not so.", details))).toBe("Not so. --limit: takes 1 to 50.");
  expect(explain(new errors.InputError("Not so.", details, { action: "Do this." }))).toBe("Not so. Do this.");
  expect(explain(new errors.NotFoundError("Gone.\nReally.", { action: "Look." }))).toBe(
    "Gone. Really. Look.",
  );
  const damaged = Object.assign(new Error("database disk image is malformed"), { code: "SQLITE_CORRUPT" });
  expect(explain(damaged)).toMatch(/^The database file is damaged\. .*restore a backup\.$/);
  expect(explain(new TypeError("x is undefined"))).toContain("LOG_LEVEL=debug");
  expect(explain(new CommanderError(1, "commander.unknownOption", "told already"))).toBeUndefined();
});
