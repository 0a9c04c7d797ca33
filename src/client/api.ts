/** The HTTP API as typed functions: every answer is parsed with the schema that the server answers by. */
import { createContext, use } from "react";
import { z } from "zod";
import {
  artifactSchema,
  errorEnvelopeSchema,
  runsAnswerSchema,
  sourcesAnswerSchema,
  startedSyncSchema,
  tasksAnswerSchema,
} from "@/core/models/api";
import { publicCredentialSchema, type CredentialInput } from "@/core/models/credential";
import { searchResponseSchema, type SearchInput } from "@/core/models/search";
import type { SyncMode } from "@/core/models/sync";

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

interface Call {
  method?: "GET" | "POST" | "DELETE";
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

async function call<Schema extends z.ZodType>(
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

const part = encodeURIComponent;
const cancelledSchema = z.object({ cancelled: z.boolean() });

/** The API below `base`, e.g. `http://127.0.0.1:9000`; the page itself uses its own origin, the empty text. */
export function createApi(base = "") {
  const at = (path: string) => `${base}/api/${path}`;
  return {
    sources: (signal?: AbortSignal) => call(sourcesAnswerSchema, at("integrations"), { signal }),
    connect: (body: CredentialInput) =>
      call(publicCredentialSchema.loose(), at("integrations"), { method: "POST", body }),
    sync: (integration: string, mode: SyncMode) =>
      call(startedSyncSchema, at(`sync/${mode === "full" ? "" : "updates/"}${part(integration)}`), {
        method: "POST",
      }),
    purge: (integration: string) => call(z.unknown(), at(`sync/${part(integration)}`), { method: "DELETE" }),
    cancel: (runId: string) => call(cancelledSchema, at(`runs/${part(runId)}/cancel`), { method: "POST" }),
    runs: (signal?: AbortSignal) => call(runsAnswerSchema, at("runs"), { signal }),
    recentTasks: (signal?: AbortSignal) => call(tasksAnswerSchema, at("syncTasks/recent"), { signal }),
    /** Starts every source again that has failed tasks; each failed item is then tried once. */
    retryFailed: () =>
      call(startedSyncSchema.pick({ runs: true }), at("syncTasks/retry"), { method: "POST", body: {} }),
    search: (body: SearchInput, signal?: AbortSignal) =>
      call(searchResponseSchema, at("search"), { method: "POST", body, signal }),
    artifact: (id: string, signal?: AbortSignal) =>
      call(artifactSchema, at(`artifact/${part(id)}`), { signal }),
    /** Where live runs are streamed as server-sent events. */
    eventsUrl: at("events"),
  };
}
export type Api = ReturnType<typeof createApi>;

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

/** The API that the page was started with. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error("useApi is called outside of ApiProvider.");
  return api;
}
