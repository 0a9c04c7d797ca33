import { describe, expect, test } from "bun:test";
import { Hono } from "hono";
import { addressesOf } from "./addresses";
import { originGuard } from "./origin-guard";

const addresses = addressesOf(
  { host: "127.0.0.1", publicUrl: "https://brain.example.com", allowedOrigins: ["http://localhost:5173"] },
  9000,
);
const app = new Hono().use(originGuard(() => addresses)).post("/", (c) => c.text("in"));

async function statusFor(origin: string | undefined): Promise<number> {
  const headers = new Headers(origin === undefined ? {} : { Origin: origin });
  return (await app.request("/", { method: "POST", headers })).status;
}

describe("the origin guard", () => {
  test.each([
    undefined,
    "http://localhost:9000",
    "http://127.0.0.1:9000",
    "http://[::1]:9000",
    "https://brain.example.com",
    "http://localhost:5173",
  ])("lets %p in", async (origin) => {
    expect(await statusFor(origin)).toBe(200);
  });

  test.each([
    "null",
    "",
    "file://",
    "https://evil.com",
    "http://localhost",
    "http://localhost:9001",
    "https://localhost:9000",
    "http://brain.example.com",
    "https://brain.example.com.evil.com",
    "http://localhost:9000/",
    "http://localhost:9000 http://evil.com",
  ])("keeps %p out", async (origin) => {
    expect(await statusFor(origin)).toBe(403);
  });
});
