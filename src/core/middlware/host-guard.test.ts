import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { addressesOf } from "./addresses";
import { hostGuard } from "./host-guard";

const addresses = addressesOf(
  { host: "127.0.0.1", publicUrl: "http://127.0.0.1:9000", allowedOrigins: [] },
  9000,
);
const app = new Hono().use(hostGuard(() => addresses)).get("/", (c) => c.text("in"));

async function statusFor(host: string | undefined): Promise<number> {
  const headers = new Headers(host === undefined ? {} : { Host: host });
  return (await app.request("/", { headers })).status;
}

describe("the host guard", () => {
  test.each(["localhost:9000", "LocalHost:9000", "127.0.0.1:9000", "[::1]:9000"])(
    "lets %s in",
    async (host) => {
      expect(await statusFor(host)).toBe(200);
    },
  );

  test.each([
    undefined,
    "localhost",
    "localhost:9001",
    "localhost.:9000",
    "evil.com:9000",
    "localhost:9000.evil.com",
    "localhost:9000@evil.com",
    "localhost:9000, evil.com",
    "127.0.0.1.nip.io:9000",
    "0.0.0.0:9000",
    "2130706433:9000",
    "[::ffff:127.0.0.1]:9000",
  ])("keeps %p out", async (host) => {
    expect(await statusFor(host)).toBe(403);
  });
});
