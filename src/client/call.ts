/** One HTTP call of the API: sends it, reads the answer with its schema, and says what went wrong in plain words. */
import type { z } from "zod";
import { errorEnvelopeSchema } from "@/core/models/api";
import { signals } from "./signals";

/** The one error of the API client. `message` is plain words; `details` name the fields at fault. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly details: readonly { field: string; message: string }[] = [],
    /** HTTP status, 0 when there was no answer. */
    readonly status = 0,
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Any failure as an `ApiError`, so that views have one thing to show. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("unexpected", error instanceof Error ? error.message : String(error));
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  signal?: AbortSignal | undefined;
}

async function send(url: string, { method = "GET", body, signal }: Call): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      signal: signal ?? null,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new ApiError(
      "unreachable",
      "Stoneturner does not answer. Check that it is still running, then try again.",
    );
  }
}

function failure(status: number, answer: unknown): ApiError {
  const envelope = errorEnvelopeSchema.safeParse(answer);
  if (!envelope.success)
    return new ApiError("unexpected", `The server answered with status ${status}.`, [], status);
  const { code, message, details } = envelope.data.error;
  return new ApiError(code, message, details, status);
}

/**
 * Calls `url` and parses the answer.
 *
 * @throws ApiError for a refusal, an answer of another shape, or none. A 401 also raises the `loginNeeded` signal.
 */
export async function call<Schema extends z.ZodType>(
  schema: Schema,
  url: string,
  how: Call = {},
): Promise<z.infer<Schema>> {
  const response = await send(url, how);
  const text = await response.text();
  let answer: unknown = null;
  try {
    answer = text === "" ? null : JSON.parse(text);
  } catch {
    // Not JSON, e.g. a proxy's own page; the checks below say so in plain words.
    answer = undefined;
  }
  if (response.status === 401) signals.loginNeeded.raise();
  if (!response.ok) throw failure(response.status, answer);
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new ApiError(
    "unexpected",
    "The answer is not what this page expects. Reload the page; it may be older than the server.",
    [],
    response.status,
  );
}
