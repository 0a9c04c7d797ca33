/** What a secret is replaced by. */
export const REDACTED = "[redacted]";

const secretKey =
  /^(authorization|proxy-authorization|cookie|set-cookie|password|passwd|secret|client_?secret|secret_?key|access_?key|api_?key|token|access_?token|refresh_?token|id_?token|code|code_?verifier|x-api-key|credential|credentials)$/i;

/** Repeats are bounded where a match may fail after them, so that long foreign text costs linear time. */
const patterns: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic|Bot)\s+[A-Za-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [
    /([?&](?:access_token|refresh_token|id_token|token|code|api_?key|key|secret|client_secret|signature|sig|password)=)[^&#\s"']+/gi,
    `$1${REDACTED}`,
  ],
  [/(\b[a-z][a-z0-9+.-]{0,30}:\/\/)[^/\s:@]{0,200}:[^/\s@]{1,500}@/gi, `$1${REDACTED}@`],
  [
    /\b(?:sk|pk|rk|ghp|gho|ghs|ghu|github_pat|xox[abprs]|ntn|secret|glpat|st)[-_][A-Za-z0-9_-]{16,}/g,
    REDACTED,
  ],
  [/\beyJ[A-Za-z0-9_-]{10,2000}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g, REDACTED],
];

/** Text with everything that looks like a secret replaced. */
export function redactText(text: string): string {
  let clean = text;
  for (const [pattern, replacement] of patterns) clean = clean.replace(pattern, replacement);
  return clean;
}

/** A copy of `value`, fit for a log: secrets replaced by key and by pattern, errors as message and stack, depth bounded. */
export function redact(value: unknown, depth = 6): unknown {
  if (typeof value === "string") return redactText(value);
  if (value === null || typeof value !== "object")
    return typeof value === "bigint" ? value.toString() : value;
  if (depth === 0) return "[too deep]";
  if (value instanceof Error) return redactError(value, depth);
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((entry) => redact(entry, depth - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      secretKey.test(key) && entry !== undefined && entry !== null ? REDACTED : redact(entry, depth - 1),
    ]),
  );
}

function redactError(error: Error, depth: number): unknown {
  const message = withoutValues(error.message);
  return {
    name: error.name,
    message: redactText(message),
    // The stack begins with the message.
    stack:
      error.stack === undefined ? undefined : redactText(error.stack.replace(error.message, () => message)),
    cause: error.cause === undefined ? undefined : redact(error.cause, depth - 1),
  };
}

/** Drizzle's message holds the values that were bound to a query, such as whole documents. */
function withoutValues(message: string): string {
  const values = message.startsWith("Failed query:") ? message.indexOf("\nparams: ") : -1;
  return values === -1 ? message : message.slice(0, values);
}
