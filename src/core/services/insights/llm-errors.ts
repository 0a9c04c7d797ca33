import {
  AuthError,
  ItemError,
  PermanentError,
  RateLimitedError,
  StoneturnerError,
  TransientError,
} from "@/core/models/errors";

/** Longest wait that a provider may ask for and get; above it, the work is put off instead. Milliseconds. */
export const LONGEST_WAIT_MS = 60_000;
/** What is waited when a provider says that it is too much, but not for how long. */
const DEFAULT_PAUSE_MS = 5_000;
/** Longest pause that is kept to: to ask again each hour costs little, and some name a time that is years ahead. */
const LONGEST_PAUSE_MS = 3_600_000;

/** What a person can set when a model refuses a key, or cannot be used at all. */
export interface ModelHints {
  key: string;
  model: string;
}

const insightHints: ModelHints = {
  key: "Check AI_GATEWAY_API_KEY or INSIGHTS_API_KEY.",
  model: "Check INSIGHTS_MODEL and INSIGHTS_BASE_URL, and the account's credit.",
};

/**
 * Says what follows from a failed call to a model: put off (rate limit), try again (network, timeout, 5xx),
 * leave this artifact (400, 413, 422), or nothing until a person acts (credentials, model name, money).
 */
export function consequenceOf(error: unknown, model: string, hints = insightHints): StoneturnerError {
  if (error instanceof StoneturnerError) return error;
  const status = statusOf(error);
  const options = { cause: error };
  if (status === 429) {
    const wait = Math.min(retryAfterMs(error) ?? DEFAULT_PAUSE_MS, LONGEST_PAUSE_MS);
    return new RateLimitedError(`The model ${model} asks to wait.`, new Date(Date.now() + wait), options);
  }
  if (isUnreadable(error, status)) {
    const message = `The model ${model} answers with what cannot be read.`;
    return new PermanentError(message, { ...options, action: hints.model });
  }
  if (status === undefined || status === 408 || status >= 500) {
    return new TransientError(
      `The model ${model} does not answer${status === undefined ? "" : ` (${status})`}.`,
      options,
    );
  }
  if (status === 401 || status === 403) {
    return new AuthError(`The model ${model} refuses the key (${status}).`, {
      ...options,
      action: hints.key,
    });
  }
  if (status === 400 || status === 413 || status === 422) {
    return new ItemError(`The model ${model} refuses this text (${status}).`, options);
  }
  return new PermanentError(`The model ${model} cannot be used (${status}).`, {
    ...options,
    action: hints.model,
  });
}

/** An answer came that is none of a model: a page of upkeep, half of one, or fewer vectors than texts. */
function isUnreadable(error: unknown, status: number | undefined): boolean {
  if (status !== undefined) return status < 300;
  return chain(error).some((link) => "name" in link && link.name === "AI_InvalidResponseDataError");
}

/** HTTP status of a failed call, from the error or from what caused it. */
export function statusOf(error: unknown): number | undefined {
  for (const link of chain(error)) {
    const status = "statusCode" in link ? link.statusCode : undefined;
    if (typeof status === "number") return status;
  }
  return undefined;
}

/** What the provider asked to wait, in milliseconds: `Retry-After` as seconds or as a date. */
export function retryAfterMs(error: unknown, now = Date.now()): number | undefined {
  for (const link of chain(error)) {
    const headers = "responseHeaders" in link ? link.responseHeaders : undefined;
    if (typeof headers !== "object" || headers === null || !("retry-after" in headers)) continue;
    const value = String(headers["retry-after"]);
    const ms = /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - now;
    if (Number.isFinite(ms)) return Math.max(0, ms);
  }
  return undefined;
}

/** True when the endpoint turned the request down because it cannot be held to a JSON schema. */
export function refusesSchema(error: unknown): boolean {
  const status = statusOf(error);
  if (status !== 400 && status !== 422) return false;
  return chain(error).some((link) => {
    const body = "responseBody" in link ? link.responseBody : undefined;
    return typeof body === "string" && /response_format|json_schema|structured output/i.test(body);
  });
}

function chain(error: unknown): object[] {
  const links: object[] = [];
  let link = error;
  while (typeof link === "object" && link !== null && links.length < 5) {
    links.push(link);
    link = "cause" in link ? link.cause : undefined;
  }
  return links;
}
