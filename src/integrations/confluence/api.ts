/** The requests to Confluence Cloud's REST API v2 (developer.atlassian.com/cloud/confluence/rest/v2), parsed. */
import { z } from "zod";
import type { HttpClient, QueryValue } from "@/core/models/http";
import type { CredentialInput, IntegrationServices } from "@/core/models/models";
import { SITE_LIMITS, refusedSite, unknownToken } from "@/core/services/atlassian/atlassian-site";
import { basicAuth } from "@/core/services/http/auth-kinds";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { allOf, linkPages } from "@/core/services/http/pagination";
import { askedOnce } from "@/lib/asked-once";
import { batches } from "@/lib/batches";
import {
  type Comment,
  bodySchema,
  commentSchema,
  folderSchema,
  listSchema,
  meSchema,
  pageSchema,
  spaceSchema,
  userSchema,
} from "./models/models";

/** What a listing gives at most. */
export const PAGE_SIZE = 250;

/** What holds pages beside pages, which no listing tells of; a smart link in the tree is called an embed. */
const HOLDERS: Readonly<Record<string, string>> = {
  folder: "folders",
  whiteboard: "whiteboards",
  database: "databases",
  embed: "embeds",
};
const textSchema = z.object({ id: z.string(), body: bodySchema });

interface Access extends Pick<IntegrationServices, "http" | "apiUrl"> {
  credential: Pick<CredentialInput, "baseUrl" | "accessKey" | "secretKey">;
  signal: AbortSignal;
}

/** What every question to one site needs. */
interface Site {
  http: HttpClient;
  signal: AbortSignal;
  /** Address of the wiki. */
  wiki: string;
  /** Address of the API. */
  base: string;
}

/** One site, as far as its pages need it. */
export function confluenceApi({ credential, signal, apiUrl, ...services }: Access) {
  const http = services.http({ auth: basicAuth(credential.accessKey, credential.secretKey), ...SITE_LIMITS });
  const wiki = `${apiUrl(credential.baseUrl ?? "")}/wiki`;
  const site: Site = { http, signal, wiki, base: `${wiki}/api/v2` };
  const people = new Map<string, string>();
  return {
    http,
    base: site.base,
    people,
    /** Of pages and posts, by kind, key of the space and title, as they name each other. */
    addresses: new Map<string, string>(),
    /** All posts, for pages that name some: those are listed after the pages. */
    posts: askedOnce(() => listed(site, "/blogposts", pageSchema, { status: "current" })),
    /** A token that Atlassian does not know may pass for a visitor, who sees little or nothing. @throws AuthError */
    assertKnown: () => assertKnown(site),
    spaces: askedOnce(() => listed(site, "/spaces", spaceSchema)),
    /** Comments of all pages, below them and in their text, by the id of the page; answers among them. */
    comments: askedOnce(async (): Promise<Map<string, Comment[]>> => {
      const kinds = ["/footer-comments", "/inline-comments"];
      const query = { "body-format": "storage" };
      const all = await Promise.all(kinds.map((path) => listed(site, path, commentSchema, query)));
      return Map.groupBy(all.flat(), ({ pageId, blogPostId }) => pageId ?? blogPostId ?? "");
    }),
    /** A folder, whiteboard and the like that pages lie in; undefined where it is not known or not ours to see. */
    holder: async (type: string, id: string) => {
      const kind = HOLDERS[type];
      if (kind === undefined) return undefined;
      const url = `${site.base}/${kind}/${encodeURIComponent(id)}`;
      const asked = http.request({ url, expect: "json", schema: folderSchema, signal });
      return (await unlessRefused(asked, MissingError, ForbiddenError))?.data;
    },
    /** Text of pages in storage format, by id; those that are gone are not in it, and some are given without any. */
    bodies: async (path: string, ids: readonly string[]): Promise<Map<string, string | undefined>> => {
      const found = await listed(site, path, textSchema, { id: ids, "body-format": "storage" });
      return new Map(found.map(({ id, body }) => [id, body?.storage?.value ?? undefined]));
    },
    /** Learns the names of people that are not known yet. */
    meet: async (ids: Iterable<string>): Promise<void> => {
      const unknown = [...new Set(ids)].filter((id) => !people.has(id));
      for (const some of batches(unknown, 100)) {
        const names = new Map(await namesOf(site, some));
        for (const id of some) people.set(id, names.get(id) ?? "");
      }
    },
  };
}

async function assertKnown({ http, wiki, signal }: Site): Promise<void> {
  const url = `${wiki}/rest/api/user/current`;
  const asked = http.request({ url, expect: "json", schema: meSchema, signal });
  const { data } = await asked.catch((error: unknown) => refusedSite("Confluence", error));
  if (data.type === "anonymous") throw unknownToken("Confluence");
}

/** Everything that a listing holds; entries without what is needed of them are left out. */
async function listed<Output>(
  { http, base, signal }: Site,
  path: string,
  item: z.ZodType<Output>,
  query: Record<string, QueryValue> = {},
): Promise<Output[]> {
  const start = `${base}${path}`;
  const fetchPage = async (url: string) => {
    const first = url === start ? { query: { limit: PAGE_SIZE, ...query } } : {};
    const asked = { url, ...first, expect: "json", schema: listSchema, signal } as const;
    const { data, headers } = await http.request(asked);
    return { items: data.results, link: headers.get("link") };
  };
  const entries = await allOf(linkPages({ start, fetch: fetchPage }));
  return entries.flatMap((entry) => item.safeParse(entry).data ?? []);
}

/** Names of people by their ids; whoever has none is not in it. */
async function namesOf(
  { http, base, signal }: Site,
  accountIds: readonly string[],
): Promise<[string, string][]> {
  const question = { method: "POST", url: `${base}/users-bulk`, json: { accountIds } } as const;
  const { data } = await http.request({ ...question, expect: "json", schema: listSchema, signal });
  const users = data.results.flatMap((entry) => userSchema.safeParse(entry).data ?? []);
  return users.flatMap(({ accountId, displayName }) => (displayName ? [[accountId, displayName]] : []));
}

export type ConfluenceApi = ReturnType<typeof confluenceApi>;
