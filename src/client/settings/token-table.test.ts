import { expect, test } from "bun:test";
import type { AccessToken } from "@/core/models/access";
import { tokenStanding } from "./token-table";

const token = (over: Partial<AccessToken>): AccessToken => ({
  id: "t",
  name: "agent",
  scope: "read",
  hint: "st_a…z",
  createdAt: "2026-01-01T00:00:00.000Z",
  expiresAt: null,
  revokedAt: null,
  lastUsedAt: null,
  ...over,
});

test("a token counts until it is revoked or has expired", () => {
  const now = Date.parse("2026-06-01T00:00:00.000Z");
  expect(tokenStanding(token({}), now)).toBe("In use");
  expect(tokenStanding(token({ expiresAt: "2026-07-01T00:00:00.000Z" }), now)).toBe("In use");
  expect(tokenStanding(token({ expiresAt: "2026-06-01T00:00:00.000Z" }), now)).toBe("Expired");
  const both = { expiresAt: "2026-05-01T00:00:00.000Z", revokedAt: "2026-04-01T00:00:00.000Z" };
  expect(tokenStanding(token(both), now)).toBe("Revoked");
});
