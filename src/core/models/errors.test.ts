import { expect, test } from "bun:test";
import * as errors from "./errors";
import {
  AuthError,
  InputError,
  messageOf,
  RateLimitedError,
  StoneturnerError,
  TransientError,
} from "./errors";

test("message and action make one text; without an action the message stands alone", () => {
  expect(new AuthError("The key was refused.", { action: "Connect it again." }).explanation).toBe(
    "The key was refused. Connect it again.",
  );
  expect(new AuthError("The key was refused.").explanation).toBe("The key was refused.");
});

test("every class has a code of its own, its own name, and is a StoneturnerError", () => {
  const classes = [
    new errors.AuthError("x"),
    new errors.RateLimitedError("x", new Date(0)),
    new errors.TransientError("x"),
    new errors.ItemError("x"),
    new errors.PermanentError("x"),
    new errors.InputError("x"),
    new errors.NotFoundError("x"),
    new errors.ConflictError("x"),
    new errors.CancelledError("x"),
    new errors.ConfigError("x"),
  ];
  expect(new Set(classes.map((error) => error.code)).size).toBe(classes.length);
  expect(new Set(classes.map((error) => error.name)).size).toBe(classes.length);
  expect(classes.every((error) => error instanceof StoneturnerError && error instanceof Error)).toBe(true);
  expect(classes[0]?.name).toBe("AuthError");
});

test("a cause is kept when there is one, and there is none otherwise", () => {
  const cause = new Error("socket closed");
  expect(new TransientError("x", { cause }).cause).toBe(cause);
  expect("cause" in new TransientError("x")).toBe(false);
});

test("errors carry what follows from them", () => {
  const retryAt = new Date("2026-05-01T00:00:00Z");
  expect(new RateLimitedError("x", retryAt).retryAt).toBe(retryAt);
  const issue = { field: "limit", message: "takes 1 to 50" };
  expect(new InputError("x", [issue]).details).toEqual([issue]);
  expect(new InputError("x").details).toEqual([]);
});

test("the message of anything thrown is text, without a query's bound values", () => {
  expect(messageOf(new AuthError("a.", { action: "b." }))).toBe("a. b.");
  expect(messageOf(new Error("plain"))).toBe("plain");
  expect(messageOf("text")).toBe("text");
  expect(messageOf(undefined)).toBe("undefined");
  const query = new Error("Failed query: insert …\nparams: secret", { cause: new Error("UNIQUE failed") });
  expect(messageOf(query)).toBe("UNIQUE failed");
});
