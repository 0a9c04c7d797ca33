/** The questions that are asked of Zendesk's Ticketing API (developer.zendesk.com/api-reference/ticketing), parsed. */
import type { z } from "zod";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { HttpClient, HttpRequest } from "@/core/models/http";
import { ForbiddenError, RequestRefusedError } from "@/core/services/http/errors";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { askedOnce } from "@/lib/asked-once";
import {
  type Comment,
  commentPageSchema,
  commentSchema,
  exportSchema,
  type Field,
  fieldPageSchema,
  nextIn,
  ticketPageSchema,
} from "./models/tickets";

/** Tickets of one export; Zendesk gives 1,000, of which each may be long. */
const EXPORTED = 500;
const PAGE = 100;
const include = "users,groups,organizations";

export interface Conversation {
  comments: Comment[];
  /** Who wrote them, by id. */
  people: ReadonlyMap<string, string>;
}

export class TicketsApi {
  /** Fields that the account made for its tickets, by id. Read once a sync, when they are first needed. */
  readonly fields = askedOnce(() => this.readFields());

  constructor(
    private readonly client: { http: HttpClient; base: string },
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Tickets that changed after a cursor, or all there are; those of the last minute come with a later export. Zendesk grants
   * ten such questions a minute, apart from all others.
   *
   * @throws CursorExpiredError; PermanentError where the account may not read tickets.
   */
  async exported(cursor: string | null, size = EXPORTED): Promise<z.infer<typeof exportSchema>> {
    const from = cursor === null ? { start_time: 0 } : { cursor };
    const bucket = { route: "incremental", place: "" };
    try {
      return await this.ask("/incremental/tickets/cursor.json", exportSchema, {
        query: { ...from, per_page: size, include },
        bucket,
      });
    } catch (error) {
      if (error instanceof ForbiddenError) throw notGranted(error);
      // Nothing else of the question ever changes, so that nothing else can be refused.
      if (cursor === null || !(error instanceof RequestRefusedError)) throw error;
      throw new CursorExpiredError("Zendesk has forgotten where its export was to go on.", { cause: error });
    }
  }

  /** Up to a hundred tickets by id; those that are gone are not among them. */
  tickets(ids: readonly string[]) {
    return this.ask("/tickets/show_many.json", ticketPageSchema, { query: { ids: ids.join(","), include } });
  }

  /** What was said in a ticket, oldest first. @throws MissingError when it is gone. */
  async conversation(id: string): Promise<Conversation> {
    const people = new Map<string, string>();
    const fetch = async (after: string | null) => {
      const query = { "page[size]": PAGE, "page[after]": after ?? undefined, include: "users" };
      const path = `/tickets/${encodeURIComponent(id)}/comments.json`;
      const page = await this.ask(path, commentPageSchema, { query });
      for (const one of page.users) if (one.name) people.set(one.id, one.name);
      const items = page.comments.flatMap((entry) => commentSchema.safeParse(entry).data ?? []);
      return { items, next: nextIn(page) };
    };
    return { comments: await allOf(cursorPages({ start: null, fetch })), people };
  }

  private async readFields(): Promise<ReadonlyMap<string, Field>> {
    const fetch = async (after: string | null) => {
      const query = { "page[size]": PAGE, "page[after]": after ?? undefined };
      const page = await this.ask("/ticket_fields.json", fieldPageSchema, { query });
      return { items: page.ticket_fields, next: nextIn(page) };
    };
    const all = await allOf(cursorPages({ start: null, fetch }));
    return new Map(all.map((field) => [field.id, field]));
  }

  private async ask<Output>(
    path: string,
    schema: z.ZodType<Output>,
    more: Omit<HttpRequest, "url">,
  ): Promise<Output> {
    const { http, base } = this.client;
    const url = `${base}${path}`;
    return (await http.request({ url, expect: "json", schema, signal: this.signal, ...more })).data;
  }
}

/** Tickets are exported for administrators alone. */
export class TicketsNotGrantedError extends PermanentError {}

function notGranted(cause: ForbiddenError): TicketsNotGrantedError {
  return new TicketsNotGrantedError(
    "Zendesk does not let this account read all tickets: it lets administrators.",
    {
      action:
        "Give the e-mail address and token of an administrator, or leave tickets out under “What is read”. What was read is kept.",
      cause,
    },
  );
}
