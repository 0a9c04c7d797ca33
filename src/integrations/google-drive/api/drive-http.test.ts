import { describe, expect, test } from "bun:test";
import { driveOptionsSchema } from "../models/options";
import { errorIn } from "./drive-http";

const now = Date.parse("2026-05-01T10:00:00Z");

const read = (status: number, reason: string, location?: string) =>
  errorIn({ status, headers: new Headers(), json: { error: { errors: [{ reason, location }] } }, now });

test.each([
  [403, "userRateLimitExceeded", "RateLimitedError"],
  [403, "exportSizeLimitExceeded", "TooLargeError"],
  [403, "downloadQuotaExceeded", "ItemError"],
  // Of every file at once: none of them is hidden.
  [403, "domainPolicy", "AuthError"],
  // These the status says well enough.
  [403, "insufficientFilePermissions", undefined],
  [404, "notFound", undefined],
  [400, "invalid", undefined],
])("a refusal with %d %s is told by its reason", (status, reason, name) =>
  expect(read(status, reason)?.name).toBe(name),
);

test("a place in a listing that is not known begins it anew, and no file's own text is a refusal", () => {
  expect(read(400, "invalid", "pageToken")?.name).toBe("CursorExpiredError");
  expect(read(200, "rateLimitExceeded")).toBeUndefined();
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
