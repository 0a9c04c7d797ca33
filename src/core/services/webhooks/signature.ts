import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Whether `signature` (hex, with or without "sha256=" before it) is the HMAC-SHA256 of `body` under `secret`. Takes as
 * long for a wrong one as for a right one.
 */
export function isSignedBy(secret: string | undefined, body: string, signature: string | null): boolean {
  if (secret === undefined || secret === "" || signature === null) return false;
  const expected = createHmac("sha256", secret).update(body).digest();
  const given = Buffer.from(signature.replace(/^sha256=/i, "").trim(), "hex");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
