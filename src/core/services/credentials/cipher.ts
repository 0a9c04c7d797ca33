/**
 * Envelope encryption: every record has its own random data key, which the master key wraps. Both layers are
 * AES-256-GCM, bound to the record's identity, so a ciphertext that is moved to another record does not open.
 *
 * Text form: `st1.<key id>.<wrapped data key>.<content>`; each binary part is nonce, ciphertext and tag in base64url.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const ALGORITHM = "aes-256-gcm";
const VERSION = "st1";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
export const KEY_BYTES = 32;

export interface MasterKey {
  /** Names the key without telling anything about it. */
  id: string;
  bytes: Uint8Array;
}

/** A master key from its 32 bytes. */
export function masterKey(bytes: Uint8Array): MasterKey {
  if (bytes.byteLength !== KEY_BYTES) throw new RangeError(`A master key has ${KEY_BYTES} bytes.`);
  const id = createHmac("sha256", bytes).update("stoneturner key id").digest("hex").slice(0, 16);
  return { id, bytes };
}

/** Encrypts `plain` for the record `identity`. Never the same text twice. */
export function seal(key: MasterKey, identity: string, plain: string): string {
  const dataKey = randomBytes(KEY_BYTES);
  const wrapped = encrypt(key.bytes, context("key", key.id, identity), dataKey);
  const content = encrypt(dataKey, context("content", key.id, identity), Buffer.from(plain, "utf8"));
  dataKey.fill(0);
  return [VERSION, key.id, wrapped.toString("base64url"), content.toString("base64url")].join(".");
}

/** What `seal` was given, or undefined when the text was changed, moved or made with another key. */
export function unseal(key: MasterKey, identity: string, sealed: string): string | undefined {
  const [version, keyId, wrapped, content, ...rest] = sealed.split(".");
  if (version !== VERSION || keyId === undefined || wrapped === undefined || content === undefined)
    return undefined;
  if (rest.length > 0 || !sameText(keyId, key.id)) return undefined;
  const dataKey = decrypt(key.bytes, context("key", keyId, identity), wrapped);
  if (dataKey === undefined) return undefined;
  const plain = decrypt(dataKey, context("content", keyId, identity), content);
  return plain?.toString("utf8");
}

/** The associated data: what a part is, under which key, of which record. */
function context(part: "key" | "content", keyId: string, identity: string): Buffer {
  return Buffer.from(JSON.stringify([VERSION, part, keyId, identity]), "utf8");
}

function encrypt(key: Uint8Array, associated: Buffer, plain: Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associated);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, associated: Buffer, encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, "base64url");
  // Base64 ignores stray bits and characters; only the one canonical text is accepted.
  if (bytes.byteLength < NONCE_BYTES + TAG_BYTES || bytes.toString("base64url") !== encoded) return undefined;
  if (key.byteLength !== KEY_BYTES) return undefined;
  const end = bytes.byteLength - TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated);
  decipher.setAuthTag(bytes.subarray(end));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, end)), decipher.final()]);
  } catch {
    // The only way this fails is authentication, and that is the answer.
    return undefined;
  }
}

function sameText(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}
