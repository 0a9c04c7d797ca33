/** Random secrets, and how they are recognised without being kept. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { sha256 } from "@/lib/hash";

const TOKEN_PATTERN = /^st_[A-Za-z0-9_-]{43}$/;
const SESSION_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** 256 random bits as text that fits a cookie and a header. */
export function randomSecret(): string {
  return randomBytes(32).toString("base64url");
}

export function randomToken(): string {
  return `st_${randomSecret()}`;
}

/** Whether `text` has the shape of an API token of ours. */
export function looksLikeToken(text: string): boolean {
  return TOKEN_PATTERN.test(text);
}

/** Whether `text` has the shape of a session's id. */
export function looksLikeSession(text: string): boolean {
  return SESSION_PATTERN.test(text);
}

/** What people tell a token by. Eight of its 43 random characters; the rest cannot be guessed. */
export function hintOf(token: string): string {
  return `${token.slice(0, 7)}…${token.slice(-4)}`;
}

/**
 * The hash that stands for a random secret. One round is enough: unlike a password, 256 random bits cannot be found by
 * trying.
 */
export function hashOf(secret: string): string {
  return sha256(secret);
}

/** Compares two hashes in a time that does not tell where they differ. */
export function sameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.byteLength === b.byteLength && timingSafeEqual(a, b);
}
