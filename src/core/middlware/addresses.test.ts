import { describe, expect, test } from "bun:test";
import { addressesOf } from "./addresses";

const config = {
  host: "127.0.0.1",
  publicUrl: "https://brain.example.com",
  allowedOrigins: ["http://localhost:5173"],
};

describe("the server's addresses", () => {
  test("are exact hosts and origins", () => {
    const { hosts, own, foreign } = addressesOf(config, 9000);
    expect([...hosts].sort()).toEqual([
      "127.0.0.1:9000",
      "[::1]:9000",
      "brain.example.com",
      "brain.example.com:443",
      "localhost:9000",
    ]);
    expect([...own].sort()).toEqual([
      "http://127.0.0.1:9000",
      "http://[::1]:9000",
      "http://localhost:9000",
      "https://brain.example.com",
    ]);
    expect([...foreign]).toEqual(["http://localhost:5173"]);
  });

  test("leave out the port that browsers leave out", () => {
    expect(addressesOf(config, 80).hosts.has("localhost")).toBe(true);
    expect(addressesOf(config, 80).own.has("http://localhost")).toBe(true);
    expect(addressesOf(config, 9000).hosts.has("localhost")).toBe(false);
  });
});
