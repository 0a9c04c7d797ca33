/** The requests that are made of Gmail, API v1. */
import type { z } from "zod";
import type { HttpClient, QueryValue } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/models";
import {
  attachmentSchema,
  historySchema,
  labelsSchema,
  profileSchema,
  threadSchema,
  threadsSchema,
} from "../models/models";

export type GmailApi = ReturnType<typeof createGmailApi>;

export function createGmailApi(
  http: HttpClient,
  { apiUrl }: Pick<IntegrationServices, "apiUrl">,
  signal: AbortSignal,
) {
  const base = `${apiUrl("https://gmail.googleapis.com")}/gmail/v1/users/me`;
  const get = async <Output>(path: string, query: Record<string, QueryValue>, schema: z.ZodType<Output>) =>
    (await http.request({ url: `${base}/${path}`, query, expect: "json", schema, signal })).data;
  const part = encodeURIComponent;
  return {
    /** Whose mail it is, and its last change. */
    profile: () => get("profile", {}, profileSchema),
    labels: async () => (await get("labels", {}, labelsSchema)).labels,
    /** Ids of threads, the one with the newest message first; those in the bin and the spam are left out. */
    threads: (asked: { q?: string; labelIds?: string; pageToken?: string; maxResults: number }) =>
      get("threads", asked, threadsSchema),
    /** @throws MissingError when it was deleted for good. */
    thread: (id: string) => get(`threads/${part(id)}`, { format: "full" }, threadSchema),
    /** What changed after a change, oldest first. @throws MissingError when Gmail no longer knows it. */
    history: (startHistoryId: string, pageToken: string | undefined) =>
      get("history", { startHistoryId, pageToken, maxResults: 100 }, historySchema),
    /** What did not fit into a message, as base64url. */
    attachment: async (messageId: string, id: string) =>
      (await get(`messages/${part(messageId)}/attachments/${part(id)}`, {}, attachmentSchema)).data,
  };
}
