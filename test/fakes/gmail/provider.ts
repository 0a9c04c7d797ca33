/** Gmail's API v1, as far as its readers use it. */
import type { Reply } from "../fake-server";
import { type GoogleConsent, json, refusal } from "../google-consent";
import { partAt, shownPart } from "./parts";
import { CATEGORIES, type FakeMessage, type MailWorld, OWN_LABELS } from "./world";

const notFound = () => refusal(404, "notFound", "Requested entity was not found.");
const badToken = () => refusal(400, "invalidArgument", "Invalid pageToken");

export class MailProvider {
  /** Page tokens of earlier generations are forgotten. */
  tokensFrom = 0;
  address = "ana@harbour.example";
  /** Ids of messages that came so lately that searches do not find them. */
  readonly notFoundYet = new Set<string>();
  /** Whether what is given apart from its message is not to be had. */
  withoutParts = false;
  /** Answers in the place of all others, where somebody has taken the mail away. */
  closed: (() => Reply) | undefined;

  constructor(
    private readonly world: MailWorld,
    private readonly consent: GoogleConsent,
    readonly pageSize: number,
  ) {}

  async answer(request: Request, url: URL): Promise<Reply> {
    return (await this.consent.answer(request, url)) ?? this.api(request, url);
  }

  private api(request: Request, { pathname, searchParams }: URL): Reply {
    if (!this.consent.admits(request)) return refusal(401, "authError", "Invalid Credentials");
    if (this.closed !== undefined) return this.closed();
    const path = pathname.replace("/gmail/v1/users/me/", "");
    if (path === "profile")
      return json({ emailAddress: this.address, historyId: `${this.world.historyId()}` });
    if (path === "labels") return json({ labels: this.labels() });
    if (path === "threads") return this.threads(searchParams);
    if (path === "history") return this.history(searchParams);
    const [, threadId] = /^threads\/(\w+)$/.exec(path) ?? [];
    if (threadId !== undefined) return this.thread(threadId);
    const [, messageId = "", place] = /^messages\/(\w+)\/attachments\/apart-([\d.]*)$/.exec(path) ?? [];
    const message = this.world.messages.get(messageId);
    const part = message === undefined || place === undefined ? undefined : partAt(message.body, place);
    if (part === undefined || this.withoutParts) return notFound();
    const bytes = Buffer.from(part.text ?? "");
    return json({ size: bytes.length, data: bytes.toString("base64url") });
  }

  /** Threads that a search finds, the newest message first: some message outside of bin and spam fits all of it. */
  listed(q: string, labelId: string | undefined): string[] {
    const after = Number(/\bafter:(\d+)/.exec(q)?.[1] ?? 0) * 1_000;
    const without = [...q.matchAll(/-category:(\w+)/g)].map(
      ([, name = ""]) => `CATEGORY_${name.toUpperCase()}`,
    );
    const newest = new Map<string, number>();
    for (const { id, threadId, labels, at } of this.world.messages.values()) {
      if (q !== "" && this.notFoundYet.has(id)) continue;
      if (labels.has("TRASH") || labels.has("SPAM") || at <= after) continue;
      if (without.some((one) => labels.has(one)) || (labelId !== undefined && !labels.has(labelId))) continue;
      newest.set(threadId, Math.max(newest.get(threadId) ?? 0, at));
    }
    return [...newest].sort(([a, one], [b, other]) => other - one || (a < b ? 1 : -1)).map(([id]) => id);
  }

  /** Tokens name how many threads lie before the page: the worst that a list which moves can have. */
  private threads(query: URLSearchParams): Reply {
    const labelId = query.get("labelIds") ?? undefined;
    if (labelId !== undefined && !this.labels().some(({ id }) => id === labelId))
      return refusal(400, "invalidArgument", `Invalid label: ${labelId}`);
    const from = this.place(query.get("pageToken") ?? "");
    if (from === undefined) return badToken();
    const found = this.listed(query.get("q") ?? "", labelId);
    const end = from + Math.min(this.pageSize, Number(query.get("maxResults") ?? 100));
    const threads = found
      .slice(from, end)
      .map((id) => ({ id, snippet: "…", historyId: `${this.world.historyId(id)}` }));
    return json({
      ...(threads.length === 0 ? {} : { threads }),
      ...(end < found.length ? { nextPageToken: `${this.tokensFrom}0000${end}` } : {}),
      resultSizeEstimate: found.length,
    });
  }

  private thread(id: string): Reply {
    const messages = this.world.thread(id);
    if (messages.length === 0) return notFound();
    const historyId = `${this.world.historyId(id)}`;
    return json({ id, historyId, messages: messages.map((one) => shownMessage(one, historyId)) });
  }

  private history(query: URLSearchParams): Reply {
    const start = Number(query.get("startHistoryId"));
    if (start < this.world.forgotten) return notFound();
    const from = this.place(query.get("pageToken") ?? "");
    if (from === undefined) return badToken();
    const since = this.world.changes.filter(({ id }) => id > start);
    const shown = since.slice(from, from + this.pageSize);
    const end = from + shown.length;
    return json({
      ...(shown.length === 0 ? {} : { history: shown.map(({ id, record }) => ({ id: `${id}`, ...record })) }),
      ...(end < since.length ? { nextPageToken: `${this.tokensFrom}0000${end}` } : {}),
      historyId: `${this.world.historyId()}`,
    });
  }

  private labels(): { id: string; name: string; type: string }[] {
    const own = [...OWN_LABELS, ...CATEGORIES].map((id) => ({ id, name: id, type: "system" }));
    return [...own, ...[...this.world.names].map(([id, name]) => ({ id, name, type: "user" }))];
  }

  /** 0 for the start, undefined for a token that is not known. */
  private place(token: string): number | undefined {
    if (token === "") return 0;
    const prefix = `${this.tokensFrom}0000`;
    return token.startsWith(prefix) ? Number(token.slice(prefix.length)) : undefined;
  }
}

function shownMessage({ id, threadId, labels, at, headers, body }: FakeMessage, historyId: string) {
  return {
    ...{ id, threadId, labelIds: [...labels], snippet: "…", historyId, internalDate: `${at}` },
    payload: shownPart(body, "", { ...headers, Date: new Date(at).toUTCString() }),
  };
}
