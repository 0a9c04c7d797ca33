/** What HubSpot's inbox holds of tickets (developers.hubspot.com/docs/api-reference/conversations), for tokens that may read it. */
import type { HttpClient } from "@/core/models/http";
import { ForbiddenError, MissingError, unlessRefused } from "@/core/services/http/errors";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { isGranted } from "./hubspot-http";
import { type Message, messageSchema, pageSchema } from "./models/models";

const PAGE = 100;

export interface Inbox {
  http: HttpClient;
  base: string;
  signal: AbortSignal;
}

/** Whether the token has the scope, which nothing else takes. */
export function mayReadMessages({ http, base, signal }: Inbox): Promise<boolean> {
  const url = `${base}/conversations/v3/conversations/threads`;
  return isGranted(http.request({ url, query: { limit: 1 }, expect: "json", schema: pageSchema, signal }));
}

/** What was written in a thread, oldest first; nothing once it is deleted, or where the token may not read it. */
export async function messagesOf({ http, base, signal }: Inbox, thread: string): Promise<Message[]> {
  const url = `${base}/conversations/v3/conversations/threads/${encodeURIComponent(thread)}/messages`;
  const fetch = async (after: string | null) => {
    const query = { limit: PAGE, after: after ?? undefined };
    const { data } = await http.request({ url, query, expect: "json", schema: pageSchema, signal });
    const items = data.results.flatMap((entry) => messageSchema.safeParse(entry).data ?? []);
    return { items, next: data.paging?.next?.after };
  };
  // The ticket is neither gone nor hidden then.
  const all =
    (await unlessRefused(allOf(cursorPages({ start: null, fetch })), MissingError, ForbiddenError)) ?? [];
  // Remarks among those who answer, greetings of a robot and changes of state are no messages.
  const said = all.filter(({ type, archived }) => type === "MESSAGE" && archived !== true);
  return said.toSorted((a, b) => (a.createdAt ?? "").localeCompare(b.createdAt ?? ""));
}
