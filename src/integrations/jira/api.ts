/** The requests to Jira Cloud's REST API v3 (developer.atlassian.com/cloud/jira/platform/rest/v3), parsed. */
import { ItemError } from "@/core/models/errors";
import type { CredentialInput, HttpClient, IntegrationServices } from "@/core/models/models";
import { SITE_LIMITS, refusedSite } from "@/core/services/atlassian/atlassian-site";
import { basicAuth } from "@/core/services/http/auth-kinds";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { allOf, offsetPages } from "@/core/services/http/pagination";
import { batches } from "@/lib/batches";
import {
  bulkSchema,
  type Comment,
  commentsSchema,
  FIELDS,
  type Issue,
  issueSchema,
  meSchema,
  type Project,
  projectPageSchema,
} from "./models/models";

/** Issues that one request gives in full. Jira takes 100; comments can make an issue large. */
const WHOLE = 50;

interface Access extends Pick<IntegrationServices, "http" | "apiUrl"> {
  credential: Pick<CredentialInput, "baseUrl" | "accessKey" | "secretKey">;
  signal: AbortSignal;
}

/** One site, as far as its issues need it. */
export function jiraApi({ credential, signal, apiUrl, ...services }: Access) {
  const http = services.http({ auth: basicAuth(credential.accessKey, credential.secretKey), ...SITE_LIMITS });
  const base = `${apiUrl(credential.baseUrl ?? "")}/rest/api/3`;

  return {
    http,
    base,
    /** A token that Jira does not know may pass for a visitor, who sees little or nothing. @throws AuthError */
    assertKnown: async (): Promise<void> => {
      const request = { url: `${base}/myself`, expect: "json", schema: meSchema, signal } as const;
      await http.request(request).catch((error: unknown) => refusedSite("Jira", error));
    },
    /** Projects that the account sees, page by page. */
    projects: () => {
      const fetch = async (startAt: number): Promise<{ items: Project[]; more: boolean }> => {
        const url = `${base}/project/search`;
        const query = { startAt, maxResults: 50, orderBy: "key" };
        const { data } = await http.request({
          url,
          query,
          expect: "json",
          schema: projectPageSchema,
          signal,
        });
        return { items: data.values, more: data.isLast === false };
      };
      return offsetPages({ fetch });
    },
    /**
     * Issues in full, by id; those that are gone or hidden are not in it, those that Jira cannot give now are errors.
     * A bulk answer holds some of the comments; the others are asked for issue by issue.
     */
    issues: async (ids: readonly string[], comments: boolean): Promise<Map<string, Issue | ItemError>> => {
      const found = new Map<string, Issue | ItemError>();
      for (const issueIdsOrKeys of batches(ids, WHOLE)) {
        const json = { issueIdsOrKeys, fields: comments ? [...FIELDS, "comment"] : FIELDS };
        const url = `${base}/issue/bulkfetch`;
        const { data } = await http.request({
          method: "POST",
          url,
          json,
          expect: "json",
          schema: bulkSchema,
          signal,
        });
        for (const { id } of data.issueErrors)
          found.set(id, new ItemError("Jira could not give this issue."));
        for (const entry of data.issues) {
          const issue = await inFull({ http, base, signal }, entry);
          if (issue !== undefined) found.set(entry.id, issue);
        }
      }
      return found;
    },
  };
}

interface Site extends Pick<Access, "signal"> {
  http: HttpClient;
  base: string;
}

/** With all its comments; undefined where it was deleted or hidden meanwhile. */
async function inFull(site: Site, entry: unknown): Promise<Issue | ItemError | undefined> {
  const issue = issueSchema.safeParse(entry).data;
  if (issue === undefined) return new ItemError("The issue has a shape that is not known here.");
  const told = issue.fields.comment;
  if (!told || told.comments.length >= (told.total ?? 0)) return issue;
  const comments = await unlessRefused(commentsOf(site, issue.id), MissingError, ForbiddenError);
  return comments && { ...issue, fields: { ...issue.fields, comment: { ...told, comments } } };
}

/** All comments of an issue, oldest first. */
function commentsOf({ http, base, signal }: Site, id: string): Promise<Comment[]> {
  const url = `${base}/issue/${encodeURIComponent(id)}/comment`;
  const fetch = async (startAt: number) => {
    const query = { startAt, maxResults: 100, orderBy: "created" };
    const { data } = await http.request({ url, query, expect: "json", schema: commentsSchema, signal });
    const more = startAt + data.comments.length < (data.total ?? 0);
    return { items: data.comments, more: more && data.comments.length > 0 };
  };
  return allOf(offsetPages({ fetch }));
}
