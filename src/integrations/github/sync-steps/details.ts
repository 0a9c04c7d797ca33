/** Conversation, reviews and commits of many issues and pull requests at once. */
import { z } from "zod";
import { PermanentError, TransientError } from "@/core/models/errors";
import { batches } from "@/lib/batches";
import type { GithubApi } from "../api";
import {
  type ConnectionName,
  connections,
  type Details,
  detailsQuery,
  detailsSchema,
  restQuery,
} from "../models/graphql";

/** Items a question: GitHub gives up on larger ones after ten seconds. */
const AT_ONCE = 20;
const nodesSchema = z.looseObject({ nodes: z.array(z.unknown()) });
const nodeSchema = z.looseObject({ node: detailsSchema });
const names = Object.keys(connections) as ConnectionName[]; // The keys of a constant.

/** Details by node id. What is missing is no longer there. */
export async function loadDetails(api: GithubApi, ids: readonly string[]): Promise<Map<string, Details>> {
  const found = new Map<string, Details>();
  for (const some of batches(ids, AT_ONCE)) {
    for (const [index, node] of (await nodesOf(api, some)).entries()) {
      const parsed = detailsSchema.safeParse(node);
      if (parsed.success) found.set(some[index] ?? "", await withTheRest(api, parsed.data));
      else if (node !== null) throw unreadable(undefined);
    }
  }
  return found;
}

/** GitHub gives up on a question that takes it more than ten seconds: then half of it is asked at a time. */
async function nodesOf(api: GithubApi, ids: readonly string[]): Promise<unknown[]> {
  const isOne = ids.length <= 1;
  try {
    const asked = isOne ? {} : { attempts: 2 };
    const { data, errors } = await api.graphql(detailsQuery, { ids }, nodesSchema, asked);
    const refused = errors.find(({ type }) => type !== "NOT_FOUND");
    if (refused !== undefined && data.nodes.includes(null)) throw unreadable(refused.message);
    return data.nodes;
  } catch (error) {
    if (isOne || !(error instanceof TransientError)) throw error;
    const half = Math.ceil(ids.length / 2);
    return [...(await nodesOf(api, ids.slice(0, half))), ...(await nodesOf(api, ids.slice(half)))];
  }
}

/** A long conversation goes on over several pages: nothing is cut off in silence. */
async function withTheRest(api: GithubApi, details: Details): Promise<Details> {
  for (const name of names) {
    const connection = details[name];
    // Each connection grows by nodes of its own kind.
    const nodes = connection.nodes as unknown[];
    for (let page = connection.pageInfo; page?.hasNextPage === true;) {
      const variables = { id: details.id, after: page.endCursor };
      const { data } = await api.graphql(restQuery(name), variables, nodeSchema);
      const more = data.node[name];
      nodes.push(...more.nodes);
      page = more.nodes.length === 0 ? undefined : more.pageInfo;
    }
  }
  return details;
}

function unreadable(said: string | undefined): PermanentError {
  return new PermanentError(
    `GitHub does not give the conversation of issues: ${said?.slice(0, 200) ?? "another shape"}.`,
    {
      action: "The token needs to read issues and pull requests. What was read is kept.",
    },
  );
}
