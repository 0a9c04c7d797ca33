/** What HubSpot's inbox holds of tickets (developers.hubspot.com/docs/api-reference/conversations), for tokens that may read it. */
import type { HttpClient } from "@/core/models/http";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { MissingScopeError } from "./hubspot-http";
import { type Message, messageSchema, pageSchema } from "./models/models";

const PAGE = 100;

export interface Inbox {
  http: HttpClient;
  base: string;
  signal: AbortSignal;
}

/** Whether the token has the scope, which nothing else takes. */
export async function mayReadMessages({ http, base, signal }: Inbox): Promise<boolean> {
  const url = `${base}/conversations/v3/conversations/threads`;
  const asked = http.request({ url, query: { limit: 1 }, expect: "json", schema: pageSchema, signal });
  return asked.then(() => true, unlessLacking);
}

function unlessLacking(error: unknown): false {
  if (error instanceof MissingScopeError || error instanceof ForbiddenError) return false;
  throw error;
}

/** What was written in a thread, oldest first; nothing once it is deleted. */
export async function messagesOf({ http, base, signal }: Inbox, thread: string): Promise<Message[]> {
  const url = `${base}/conversations/v3/conversations/threads/${encodeURIComponent(thread)}/messages`;
  const fetch = async (after: string | null) => {
    const query = { limit: PAGE, after: after ?? undefined };
    const { data } = await http.request({ url, query, expect: "json", schema: pageSchema, signal });
    const items = data.results.flatMap((entry) => messageSchema.safeParse(entry).data ?? []);
    return { items, next: data.paging?.next?.after };
  };
  const all = await allOf(cursorPages({ start: null, fetch })).catch(noneOfDeleted);
  // Remarks among those who answer, greetings of a robot and changes of state are no messages.
  const said = all.filter(({ type, archived }) => type === "MESSAGE" && archived !== true);
  return said.toSorted((a, b) => (a.createdAt ?? "").localeCompare(b.createdAt ?? ""));
}

function noneOfDeleted(error: unknown): [] {
  if (error instanceof MissingError) return [];
  throw error;
}
