/** What a provider said, in one line that is fit for rows, logs and people: short, clean, without secrets. */
import { plainLine } from "@/lib/clean-text";
import { REDACTED, redactText } from "@/lib/redact";

const LONGEST_DETAIL = 300;

/** The words of a refusal's body: the message of a JSON error, else the text itself; "" for a web page or bytes. */
export function detailOf(headers: Headers, body: Uint8Array, secrets: readonly string[]): string {
  const text = new TextDecoder().decode(body.subarray(0, 16_384));
  if (looksLikeHtml(headers, text) || /^(?:image|audio|video)\//.test(headers.get("content-type") ?? ""))
    return "";
  const words = messageIn(parsed(text)) ?? text;
  return plainLine(redactText(withoutSecrets(words, secrets)), LONGEST_DETAIL);
}

/** True for a web page, whatever its content type says. */
export function looksLikeHtml(headers: Headers, text: string): boolean {
  return /^text\/html\b/i.test(headers.get("content-type") ?? "") || /^\s*<(?:!doctype|html)\b/i.test(text);
}

/** Everything in these header values that must not be repeated: the whole, what follows a scheme, both parts of Basic. */
export function secretsIn(values: readonly string[]): string[] {
  const pieces = values.flatMap((value) => {
    const [scheme = "", token = ""] = value.split(" ");
    const basic = /^basic$/i.test(scheme) ? Buffer.from(token, "base64").toString() : "";
    return [value, token, basic, ...basic.split(":")];
  });
  return [...new Set(pieces)].filter((piece) => piece.length >= 6).sort((a, b) => b.length - a.length);
}

/** A text with each of `secrets` struck out: the longest has to come first, as `secretsIn` gives them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, REDACTED), text);
}

/** The message in the shapes that errors come in: `{message}`, `{error: "…"}`, `{error: {message}}`, `{errors: […]}`. */
function messageIn(value: unknown, depth = 0): string | undefined {
  if (typeof value === "string") return value;
  if (depth > 3 || value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) return messageIn(value[0], depth + 1);
  const fields = new Map<string, unknown>(Object.entries(value));
  for (const name of ["message", "error_description", "error", "errors", "detail", "title"]) {
    const words = fields.has(name) ? messageIn(fields.get(name), depth + 1) : undefined;
    if (words === undefined || words === "") continue;
    const code = name === "error_description" ? fields.get("error") : fields.get("code");
    return typeof code === "string" && !words.includes(code) ? withCode(words, code) : words;
  }
  return undefined;
}

/** The code is what decides, so however long the words are, it is not what is cut. */
function withCode(words: string, code: string): string {
  return `${plainLine(words, Math.max(1, LONGEST_DETAIL - code.length - 3))} (${code})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller takes the text as it is.
    return undefined;
  }
}
