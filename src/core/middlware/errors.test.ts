import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { errorEnvelopeSchema } from "@/core/models/api";
import {
  AuthError,
  CancelledError,
  ConfigError,
  ConflictError,
  InputError,
  NotFoundError,
  PermanentError,
  RateLimitedError,
  TransientError,
} from "@/core/models/errors";
import { createLogger } from "@/core/services/logger";
import { answerError } from "./errors";
import { type HttpEnv, requestLog } from "./request-log";

async function answerTo(error: unknown) {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ level: "warn", write: (line) => void lines.push(JSON.parse(line)) });
  const app = new Hono<HttpEnv>().use(requestLog(log)).get("/", () => {
    throw error;
  });
  app.onError((thrown, c) => answerError(thrown, c, log));
  const response = await app.request("/");
  return { response, lines, ...errorEnvelopeSchema.parse(await response.json()) };
}

describe("an error's answer", () => {
  const cases: [Error, number, string][] = [
    [new InputError("No."), 400, "invalid_input"],
    [new NotFoundError("No."), 404, "not_found"],
    [new ConflictError("No."), 409, "conflict"],
    [new CancelledError("No."), 409, "cancelled"],
    [new AuthError("No."), 422, "needs_reconnect"],
    [new PermanentError("No."), 422, "permanent"],
    [new TransientError("No."), 503, "transient"],
    [new ConfigError("No."), 500, "config"],
    [new HTTPException(403, { message: "No." }), 403, "forbidden"],
    [new HTTPException(413, { message: "No." }), 413, "too_large"],
    [new HTTPException(415, { message: "No." }), 415, "unsupported_media_type"],
  ];
  test.each(cases)("%#: has the status and code of its consequence", async (thrown, status, code) => {
    const { response, error, lines } = await answerTo(thrown);
    expect([response.status, error.code, error.message]).toEqual([status, code, "No."]);
    expect(lines).toEqual([]);
  });

  test("says what to do next and which fields are wrong", async () => {
    const details = [{ field: "limit", message: "takes a number" }];
    const { error } = await answerTo(new InputError("Wrong.", details, { action: "Correct it." }));
    expect(error).toEqual({ code: "invalid_input", message: "Wrong. Correct it.", details });
  });

  test("says how long to wait", async () => {
    const { response } = await answerTo(new RateLimitedError("Slow down.", new Date(Date.now() + 30_000)));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeWithin(28, 32);
  });

  test("carries no secret, even where the message does", async () => {
    const { error } = await answerTo(
      new PermanentError("GET https://x.example/?access_token=canary123 failed."),
    );
    expect(error.message).not.toContain("canary");
  });

  test("says nothing of an error that was not made for people; the log does, under the same id", async () => {
    const { response, error, lines } = await answerTo(
      new Error("SQLITE_CORRUPT in /home/ada/stoneturner.db"),
    );
    expect(response.status).toBe(500);
    expect(error.code).toBe("internal");
    expect(JSON.stringify(error)).not.toMatch(/SQLITE|ada|errors\.test/);
    expect(lines).toHaveLength(1);
    expect(error.message).toContain(String(lines[0]?.["requestId"]));
    expect(JSON.stringify(lines[0])).toContain("SQLITE_CORRUPT");
  });
});
