import { describe, expect, test } from "bun:test";
import { withKeptSecrets } from "./keep-secrets";

const stored = {
  sealed: { apiKey: "stored-key", options: { pin: "1234" } },
  options: { since: "2025-01-01" },
  baseUrl: "https://quarry.example.com",
};
const given = { integration: "Probe", account: "a", baseUrl: stored.baseUrl };

describe("a changed account", () => {
  test("keeps the secrets that are left out, and only those", () => {
    expect(withKeptSecrets({ ...given, options: { since: "2026-01-01" } }, stored)).toEqual({
      ...given,
      apiKey: "stored-key",
      options: { since: "2026-01-01", pin: "1234" },
    });
    const renewed = { ...given, apiKey: "new", options: { pin: "9" } };
    expect(withKeptSecrets(renewed, stored)).toEqual(renewed);
    expect(withKeptSecrets({ ...given, apiKey: "new" }, stored)).toMatchObject({ options: { pin: "1234" } });
  });

  test.each([
    ["another address", { ...given, baseUrl: "https://elsewhere.example.com" }],
    ["no address", { integration: "Probe", account: "a" }],
  ])("has to give them again with %s", (_name, input) => {
    const details = ["apiKey", "options.pin"].map((field) => expect.objectContaining({ field }));
    expect(() => withKeptSecrets(input, stored)).toThrow(
      expect.objectContaining({ code: "invalid_input", details }),
    );
  });

  test("may go anywhere with secrets of its own", () => {
    const input = {
      ...given,
      baseUrl: "https://elsewhere.example.com",
      apiKey: "new",
      options: { pin: "9" },
    };
    expect(withKeptSecrets(input, stored)).toEqual(input);
  });

  test("has to be there", () => {
    expect(() => withKeptSecrets(given, undefined)).toThrow("There is no such account of Probe.");
  });
});
