/** The HTTP API as typed functions: every answer is parsed with the schema that the server answers by. */
import { createContext, use } from "react";
import { z } from "zod";
import {
  accessTokenSchema,
  auditAnswerSchema,
  loggedInSchema,
  newTokenSchema,
  sessionAnswerSchema,
  tokensAnswerSchema,
  type TokenInput,
} from "@/core/models/access";
import {
  artifactsAnswerSchema,
  artifactSchema,
  passagesAnswerSchema,
  relatedAnswerSchema,
  runsAnswerSchema,
  runTasksAnswerSchema,
  sourcesAnswerSchema,
  startedSyncSchema,
  tasksAnswerSchema,
} from "@/core/models/api";
import { choicesAnswerSchema } from "@/core/models/choices";
import { publicCredentialSchema, type CredentialInput } from "@/core/models/credential";
import { oauthFlowSchema, oauthStartedSchema, type OAuthStart } from "@/core/models/oauth";
import { jobsAnswerSchema, jobStateSchema } from "@/core/models/job";
import { overviewSchema } from "@/core/models/overview";
import {
  schedulePreviewSchema,
  scheduleSchema,
  schedulesAnswerSchema,
  type ScheduleInput,
} from "@/core/models/schedule";
import { searchResponseSchema, type HttpSearchInput } from "@/core/models/search";
import { type SyncMode, syncRunSchema } from "@/core/models/sync";
import {
  doctorAnswerSchema,
  logsAnswerSchema,
  mcpCallsAnswerSchema,
  providerRequestsAnswerSchema,
  systemSchema,
} from "@/core/models/system";
import { call } from "./call";
export { ApiError, asApiError } from "./call";

const part = encodeURIComponent;
const startedSchema = startedSyncSchema.pick({ runs: true });

/** Parameters as a query string with its question mark; those that are undefined or empty are left out. */
function queryOf(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === "" ? "" : `?${text}`;
}

export interface ArtifactQuery {
  integration?: string;
  kind?: string;
  search?: string;
  sortBy: string;
  sortOrder: "asc" | "desc";
  offset: number;
  limit: number;
}

export interface StartOptions {
  account?: string;
  confirmDeletions?: boolean;
}

/** The API below `base`, e.g. `http://127.0.0.1:9000`; the page itself uses its own origin, the empty text. */
export function createApi(base = "") {
  const at = (path: string) => `${base}/api/${path}`;
  const get: Get = (schema, path, signal) => call(schema, at(path), { signal });
  const change: Change = (schema, method, path, body, signal) =>
    call(schema, at(path), { method, body, signal });
  return {
    ...sourceCalls(get, change),
    ...runCalls(get, change),
    ...artifactCalls(get, change),
    ...accessCalls(get, change),
    overview: (signal?: AbortSignal) => get(overviewSchema, "overview", signal),
    system: (signal?: AbortSignal) => get(systemSchema, "system", signal),
    doctor: () => change(doctorAnswerSchema, "POST", "doctor"),
    jobs: (signal?: AbortSignal) => get(jobsAnswerSchema, "jobs", signal),
    runJob: (name: string) => change(jobStateSchema, "POST", `jobs/${part(name)}/run`),
    providerRequests: (integration: string, signal?: AbortSignal) =>
      get(providerRequestsAnswerSchema, `providerRequests/${part(integration)}`, signal),
    mcpCalls: (signal?: AbortSignal) => get(mcpCallsAnswerSchema, "mcpCalls", signal),
    /** Where live runs are streamed as server-sent events. */
    eventsUrl: at("events"),
  };
}
export type Api = ReturnType<typeof createApi>;

type Get = <Schema extends z.ZodType>(
  schema: Schema,
  path: string,
  signal?: AbortSignal,
) => Promise<z.infer<Schema>>;
type Change = <Schema extends z.ZodType>(
  schema: Schema,
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  signal?: AbortSignal,
) => Promise<z.infer<Schema>>;

function sourceCalls(get: Get, change: Change) {
  const schedulePath = (integration: string, account: string | null) =>
    `schedules/${part(integration)}${queryOf({ account: account ?? undefined })}`;
  return {
    sources: (signal?: AbortSignal) => get(sourcesAnswerSchema, "integrations", signal),
    connect: (body: CredentialInput) => change(publicCredentialSchema.loose(), "POST", "integrations", body),
    /** What could be chosen for a setting, by a credential as for `connect`; `words` are a part of the name. */
    choices: (
      integration: string,
      option: string,
      body: Omit<CredentialInput, "integration"> & { words: string },
    ) =>
      change(choicesAnswerSchema, "POST", `integrations/${part(integration)}/choices/${part(option)}`, body),
    startOAuth: (integration: string, body: OAuthStart) =>
      change(oauthStartedSchema, "POST", `oauth/${part(integration)}/start`, body),
    oauthFlow: (id: string, signal?: AbortSignal) => get(oauthFlowSchema, `oauth/flows/${part(id)}`, signal),
    /** Makes what an account leads to since it was connected anew an account of its own. */
    keepBoth: (integration: string, body: { account: string; newAccount: string }) =>
      change(
        startedSyncSchema.pick({ runId: true }),
        "POST",
        `integrations/${part(integration)}/keepBoth`,
        body,
      ),
    disconnect: (integration: string, account?: string) =>
      change(
        z.object({ disconnected: z.array(z.string()) }),
        "DELETE",
        `integrations/${part(integration)}${queryOf({ account })}`,
      ),
    sync: (integration: string, mode: SyncMode, options?: StartOptions) =>
      change(
        startedSyncSchema,
        "POST",
        `sync/${mode === "full" ? "" : "updates/"}${part(integration)}`,
        options,
      ),
    purge: (integration: string, account?: string) =>
      change(z.unknown(), "DELETE", `sync/${part(integration)}${queryOf({ account })}`),
    schedules: (signal?: AbortSignal) => get(schedulesAnswerSchema, "schedules", signal),
    previewSchedule: (cron: string, signal?: AbortSignal) =>
      change(schedulePreviewSchema, "POST", "schedules/preview", { cron }, signal),
    setSchedule: (integration: string, account: string | null, body: Partial<ScheduleInput>) =>
      change(scheduleSchema, "PUT", schedulePath(integration, account), body),
    removeSchedule: (integration: string, account: string | null) =>
      change(z.object({ removed: z.number() }), "DELETE", schedulePath(integration, account)),
  };
}

function runCalls(get: Get, change: Change) {
  const steer = (runId: string, how: "cancel" | "pause" | "resume") =>
    change(z.unknown(), "POST", `runs/${part(runId)}/${how}`);
  return {
    runs: (
      filter: {
        integration?: string;
        account?: string;
        state?: string;
        offset?: number;
        limit?: number;
      } = {},
      signal?: AbortSignal,
    ) => get(runsAnswerSchema, `runs${queryOf(filter)}`, signal),
    run: (id: string, signal?: AbortSignal) => get(syncRunSchema, `runs/${part(id)}`, signal),
    runTasks: (
      id: string,
      page: { status?: string; offset?: number; limit?: number },
      signal?: AbortSignal,
    ) => get(runTasksAnswerSchema, `runs/${part(id)}/tasks${queryOf(page)}`, signal),
    logs: (runId: string, signal?: AbortSignal) => get(logsAnswerSchema, `logs${queryOf({ runId })}`, signal),
    cancel: (runId: string) => steer(runId, "cancel"),
    pause: (runId: string) => steer(runId, "pause"),
    resume: (runId: string) => steer(runId, "resume"),
    recentTasks: (signal?: AbortSignal) => get(tasksAnswerSchema, "syncTasks/recent", signal),
    /** Starts every source again that has failed tasks, or those of the tasks named; each failed item is tried once. */
    retryFailed: (body: { integration?: string; taskIds?: readonly string[] } = {}) =>
      change(startedSchema, "POST", "syncTasks/retry", body),
  };
}

function artifactCalls(get: Get, change: Change) {
  return {
    artifacts: ({ integration, ...query }: ArtifactQuery, signal?: AbortSignal) => {
      const path = integration === undefined ? "artifacts" : `artifacts/${part(integration)}`;
      return get(artifactsAnswerSchema, path + queryOf({ ...query }), signal);
    },
    artifact: (id: string, signal?: AbortSignal) => get(artifactSchema, `artifact/${part(id)}`, signal),
    passages: (id: string, signal?: AbortSignal) =>
      get(passagesAnswerSchema, `artifact/${part(id)}/passages`, signal),
    related: (id: string, signal?: AbortSignal) =>
      get(relatedAnswerSchema, `artifact/${part(id)}/related`, signal),
    search: (body: HttpSearchInput, signal?: AbortSignal) =>
      change(searchResponseSchema, "POST", "search", body, signal),
  };
}

function accessCalls(get: Get, change: Change) {
  return {
    session: (signal?: AbortSignal) => get(sessionAnswerSchema, "session", signal),
    login: (password: string) => change(loggedInSchema, "POST", "login", { password }),
    logout: () => change(z.unknown(), "POST", "logout"),
    logoutEverywhere: () => change(z.object({ ended: z.number() }), "POST", "logout/everywhere"),
    setPassword: (password: string, oldPassword?: string) =>
      change(z.unknown(), "POST", "password", {
        password,
        ...(oldPassword === undefined ? {} : { oldPassword }),
      }),
    tokens: (signal?: AbortSignal) => get(tokensAnswerSchema, "tokens", signal),
    createToken: (body: TokenInput) => change(newTokenSchema, "POST", "tokens", body),
    revokeToken: (id: string) => change(accessTokenSchema, "DELETE", `tokens/${part(id)}`),
    audit: (
      filter: { action?: string; outcome?: string; offset?: number; limit?: number },
      signal?: AbortSignal,
    ) => get(auditAnswerSchema, `audit${queryOf(filter)}`, signal),
  };
}

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

/** The API that the page was started with. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === undefined) throw new Error("useApi is called outside of ApiProvider.");
  return api;
}
