import { z } from "zod";
import type { HttpClient } from "@/core/models/http";
import type { SyncContext } from "@/core/models/integration";
import { restStream } from "@/core/services/sync/rest-stream";
import type { Stream } from "@/core/services/sync/stream";
import { apiBase } from "../api/linear-http";
import { FEW, filterOf, itemQuery, type Kind, listQuery } from "../api/kinds";
import { rowsOf } from "../db/rows";
import { type Item, itemSchema, listSchema } from "../models/models";
import type { LinearOptions } from "../models/options";
import { renderItem } from "../render/render-item";

/** Raised when the same item is rendered differently from now on, so that each is written again once. */
const RENDERING = 2;
/** Clocks of Linear's servers, and transactions that end after their time. */
const OVERLAP_MS = 120_000;
/** Requests in which one item's comments are read at most: 5,000 of them. */
const MOST_PAGES = 50;

/** All issues, projects, documents or initiatives that the account can see, archived ones included. */
export function kindStream(
  context: SyncContext,
  http: HttpClient,
  kind: Kind,
  options: LinearOptions,
): Stream<Item> {
  const { signal, mode, runId } = context;
  const url = `${apiBase(context)}/graphql`;
  const list = (body: unknown) =>
    z.looseObject({ data: z.looseObject({ [kind.list]: listSchema }) }).parse(body).data[kind.list];
  const { of, ...table } = rowsOf[kind.name];
  /** Items of a page as they were read in full. */
  const read = new Map<string, Item>();
  return restStream({
    name: kind.list,
    rendering: RENDERING,
    http,
    url,
    paging: {
      kind: "graphql",
      query: listQuery(kind),
      variables: (since) => ({ filter: filterOf(kind, options, since) }),
      next: (body) => {
        const info = list(body)?.pageInfo;
        return info?.hasNextPage === true ? info.endCursor : undefined;
      },
    },
    items: (body) => list(body)?.nodes ?? [],
    // Of more comments than the listing knows by their ids, a full sync looks whether one was deleted.
    item: itemSchema.transform((item) =>
      mode === "full" && item.known?.pageInfo?.hasNextPage === true ? { ...item, readIn: runId } : item,
    ),
    key: (item) => item.id,
    updatedAt: (item) => item.updatedAt ?? undefined,
    changedSince: { overlapMs: OVERLAP_MS },
    removed: (item) => (item.trashed === true || isElsewhere(kind, item, options) ? "gone" : undefined),
    prepare: () => Promise.resolve(read.clear()),
    render: async (listed) => {
      const item = hasMore(listed) ? await whole(http, url, kind, listed, signal) : listed;
      read.set(listed.id, item);
      return renderItem(kind.name, item);
    },
    rows: { ...table, of: (item, account) => of(read.get(item.id) ?? item, account) },
  });
}

/** An issue of a team that was not chosen. Others belong to several teams, of which a listing shows a few. */
function isElsewhere({ name }: Kind, { team }: Item, { teams }: LinearOptions): boolean {
  if (name !== "issue" || teams.length === 0) return false;
  return !teams.some((chosen) => chosen === team?.key || chosen === team?.name);
}

const goesOn = (list: Item["labels"] | Item["comments"]) => list?.pageInfo?.hasNextPage === true;

/** True when an inner list has more than the listing asked for. */
const hasMore = (item: Item) => goesOn(item.comments) || hasMoreBeside(item);

/** The same of all lists but that of comments. */
function hasMoreBeside(item: Item): boolean {
  const lists = [
    item.labels,
    item.teams,
    item.initiatives,
    item.projects,
    item.projectMilestones,
    item.children,
    item.relations,
    item.inverseRelations,
    item.attachments,
    item.externalLinks,
    item.projectUpdates,
    item.initiativeUpdates,
  ];
  return lists.some(goesOn);
}

/** One item with a hundred entries of each inner list where one has more, and all its comments. @throws MissingError when it is gone. */
async function whole(
  http: HttpClient,
  url: string,
  kind: Kind,
  listed: Item,
  signal: AbortSignal,
): Promise<Item> {
  const schema = z.looseObject({ data: z.looseObject({ [kind.name]: itemSchema }) });
  const { id } = listed;
  const query = itemQuery(kind, hasMoreBeside(listed) ? undefined : FEW);
  const ask = async (after: string | null): Promise<Item> => {
    const variables = { id, ...(query.includes("$after") ? { after } : {}) };
    const { data } = await http.request({
      method: "POST",
      url,
      json: { query, variables },
      expect: "json",
      schema,
      signal,
    });
    return itemSchema.parse(data.data[kind.name]);
  };
  const item = await ask(null);
  const { comments } = item;
  for (let page = 1; comments?.pageInfo?.hasNextPage === true && page < MOST_PAGES; page++) {
    const next = (await ask(comments.pageInfo.endCursor ?? null)).comments;
    comments.nodes.push(...(next?.nodes ?? []));
    comments.pageInfo = next?.pageInfo;
  }
  return item;
}
