import { describe, expect, test } from "bun:test";
import { RateLimitedError } from "@/core/models/errors";
import { driveOptionsSchema } from "../models/options";
import { errorIn } from "./drive-http";

const now = Date.parse("2026-05-01T10:00:00Z");

function read(
  status: number,
  reason: string,
  more: { location?: string; headers?: Record<string, string> } = {},
) {
  const json = {
    error: { code: status, message: "Said\nGoogle", errors: [{ reason, location: more.location }] },
  };
  return errorIn({ status, headers: new Headers(more.headers), json, now });
}

describe("a refusal of Google's", () => {
  test("is told by its reason: a limit, a file too large, a permission that is missing", () => {
    const names = [
      [403, "userRateLimitExceeded", "RateLimitedError"],
      [403, "rateLimitExceeded", "RateLimitedError"],
      [429, "rateLimitExceeded", "RateLimitedError"],
      [403, "dailyLimitExceeded", "RateLimitedError"],
      [403, "exportSizeLimitExceeded", "TooLargeError"],
      [403, "downloadQuotaExceeded", "ItemError"],
      [403, "accessNotConfigured", "AuthError"],
      [403, "insufficientPermissions", "AuthError"],
      // These the status says well enough.
      [403, "insufficientFilePermissions", undefined],
      [404, "notFound", undefined],
      [500, "backendError", undefined],
      [400, "invalid", undefined],
    ] as const;
    for (const [status, reason, name] of names)
      expect([reason, read(status, reason)?.name]).toEqual([reason, name]);
    expect(read(400, "invalid", { location: "pageToken" })?.name).toBe("CursorExpiredError");
    expect(read(403, "userRateLimitExceeded")?.message).toBe("Google answered with 403: Said Google");
  });

  test("waits as long as it says, or until a quota of a minute comes near", () => {
    const wait = (headers: Record<string, string>) => {
      const error = read(403, "userRateLimitExceeded", { headers });
      return error instanceof RateLimitedError ? error.retryAt.getTime() - now : undefined;
    };
    expect([wait({}), wait({ "retry-after": "3" })]).toEqual([15_000, 3_000]);
  });

  test("is none where a file merely reads like one", () => {
    const json = { error: { errors: [{ reason: "rateLimitExceeded" }] } };
    expect(errorIn({ status: 200, headers: new Headers(), json, now })).toBeUndefined();
    expect(errorIn({ status: 502, headers: new Headers(), json: ["no object"], now })).toBeUndefined();
  });
});

describe("the settings", () => {
  test("take links and ids of folders, and a size", () => {
    const folders = "https://drive.google.com/drive/u/0/folders/1AbC_dEf-GhIjK?usp=sharing, 0B_9876543210";
    expect(driveOptionsSchema.parse({ folders, maxFileMb: "5" })).toEqual({
      folders: ["1AbC_dEf-GhIjK", "0B_9876543210"],
      maxFileMb: 5,
    });
    expect(driveOptionsSchema.parse({})).toEqual({ folders: [], maxFileMb: 20 });
  });

  test.each([
    { folders: "Plans" },
    { folders: "https://example.com/x" },
    { maxFileMb: "0" },
    { maxFileMb: "much" },
  ])("refuse %p", (options) => expect(driveOptionsSchema.safeParse(options).success).toBe(false));
});
