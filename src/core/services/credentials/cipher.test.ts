import { describe, expect, test } from "bun:test";
import { randomBytes } from "node:crypto";
import * as fc from "fast-check";
import { masterKey, seal, unseal } from "./cipher";

const key = masterKey(randomBytes(32));

describe("sealing", () => {
  test("gives back any text, and never the same ciphertext twice", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (plain, identity) => {
        const sealed = seal(key, identity, plain);
        expect(unseal(key, identity, sealed)).toBe(plain);
        expect(seal(key, identity, plain)).not.toBe(sealed);
      }),
      { numRuns: 50 },
    );
  });

  test("names the key in the text, and shows nothing of the content", () => {
    const sealed = seal(key, "a", "planted-canary");
    expect(sealed).toStartWith(`st1.${key.id}.`);
    expect(sealed).not.toContain("canary");
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain("canary");
  });

  test("does not open for another record or with another key", () => {
    const sealed = seal(key, "record a", "secret");
    expect(unseal(key, "record b", sealed)).toBeUndefined();
    expect(unseal(masterKey(randomBytes(32)), "record a", sealed)).toBeUndefined();
  });

  test("does not open when any one character is changed", () => {
    const sealed = seal(key, "a", "secret");
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === "A" ? "B" : "A";
      expect(unseal(key, "a", sealed.slice(0, at) + other + sealed.slice(at + 1))).toBeUndefined();
    }
  });

  test("does not open parts of two texts put together", () => {
    const [version, id, wrapped] = seal(key, "a", "one").split(".");
    const content = seal(key, "a", "two").split(".")[3];
    expect(unseal(key, "a", [version, id, wrapped, content].join("."))).toBeUndefined();
  });

  test.each(["", "st1", "st1.a.b.c", "....", `st1.${key.id}.AAAA.AAAA`, `${seal(key, "a", "x")}.more`])(
    "refuses %p without throwing",
    (text) => expect(unseal(key, "a", text)).toBeUndefined(),
  );

  test("takes master keys of 32 bytes only", () => {
    expect(() => masterKey(randomBytes(16))).toThrow("32 bytes");
  });
});
