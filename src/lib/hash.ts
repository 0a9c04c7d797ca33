import { hash } from "node:crypto";

/** SHA-256 in lower-case hex. */
export function sha256(content: string | Uint8Array): string {
  return hash("sha256", content, "hex");
}

/** A short stable id from the parts that make something unique; parts are length-prefixed, so they cannot run together. */
export function stableId(...parts: readonly string[]): string {
  return sha256(parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join("")).slice(0, 24);
}

/** Hash of a JSON value that does not depend on the order of object keys. */
export function hashJson(value: unknown): string {
  return sha256(JSON.stringify(value, sortKeys) ?? "undefined");
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
