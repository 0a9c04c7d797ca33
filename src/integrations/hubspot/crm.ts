/** The questions that are asked of HubSpot's CRM API (https://developers.hubspot.com/docs/api-reference/crm). */
import type { z } from "zod";
import { PermanentError } from "@/core/models/errors";
import type { HttpClient, HttpRequest } from "@/core/models/http";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";
import { allOf, cursorPages } from "@/core/services/http/pagination";
import { askedOnce } from "@/lib/asked-once";
import { mayReadMessages } from "./conversations";
import { MissingScopeError } from "./hubspot-http";
import type { Kind, Path, Target } from "./models/kinds";
import {
  accountSchema,
  associationsSchema,
  choiceSchema,
  type CrmRecord,
  ownerSchema,
  pageSchema,
  pipelinesSchema,
  recordSchema,
} from "./models/models";

const PAGE = 100;
/** HubSpot's words in the place of an email's text where the token lacks the scope: it refuses nothing then. */
const REDACTED = /^\s*The content of this email has been redacted\..{0,100}\bsales-email-read\b/;

/** Where a search by time of change goes on. */
export interface Place {
  /** ISO time. */
  from: string;
  /** Whether everything of that very time has been met. */
  passed?: boolean | undefined;
  /** An id: of the records of that very time, those above it are still to come. */
  above?: string | undefined;
}

export interface Listed {
  records: CrmRecord[];
  /** Entries of a shape that is not known. */
  unknown: number;
  /** By the provider's clock. */
  at: Date;
}

/** What records only name by id. */
export interface Directory {
  /** Address of the account's pages. */
  home: string;
  owners: ReadonlyMap<string, string>;
  /** Of deals and of tickets: each counts its stages by itself. */
  stages: Readonly<Record<Staged, ReadonlyMap<string, Stage>>>;
  /** Whether the token may read what was written in tickets. */
  messages: boolean;
  /** Words for the values of properties whose values are ids, by property and value; empty where the token may not ask. */
  words: Readonly<Record<Worded, ReadonlyMap<string, string>>>;
}

/** Stages that an account made for itself, and outcomes of calls, are ids in records. */
export type Worded = "lifecyclestage" | "hs_call_disposition";

export type Staged = "deals" | "tickets";

export interface Stage {
  pipeline: string;
  label: string;
  closed: boolean;
  won: boolean;
}

export class Crm {
  /** Read once a sync, when it is first needed. */
  readonly directory = askedOnce(() => this.readDirectory());

  constructor(
    private readonly http: HttpClient,
    private readonly base: string,
    private readonly signal: AbortSignal,
    private readonly chosen: readonly Path[],
  ) {}

  /** All records of a kind by id, with what they are associated with; or those that were deleted of late. */
  async list(kind: Kind, after: string | null, archived: boolean) {
    const links = archived ? [] : this.linksOf(kind);
    const query = {
      limit: PAGE,
      after: after ?? undefined,
      properties: archived ? "hs_object_id" : [...kind.properties, kind.modified].join(","),
      associations: links.length === 0 ? undefined : links.join(","),
      archived: archived || undefined,
    };
    const { data, headers } = await this.ask(`/crm/v3/objects/${kind.path}`, pageSchema, { query });
    return { ...listed(data.results, headers), next: data.paging?.next?.after || null };
  }

  /**
   * A page of what changed from a time on, oldest first. A search ends after 10,000 results, and its places shift while
   * records change: so each page is a search of its own, from the time of the last record on. Where a whole page has
   * one time (an import), the rest of that time is gone through by id.
   */
  async changed(kind: Kind, { from, passed, above }: Place) {
    const time = { propertyName: kind.modified, value: String(Date.parse(from)) };
    const filters =
      above === undefined
        ? [{ ...time, operator: passed === true ? "GT" : "GTE" }]
        : [
            { ...time, operator: "EQ" },
            { propertyName: "hs_object_id", operator: "GT", value: above },
          ];
    const by = above === undefined ? kind.modified : "hs_object_id";
    const json = {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: by, direction: "ASCENDING" }],
      properties: [...kind.properties, kind.modified],
      limit: PAGE,
    };
    const bucket = { route: "search", place: "" };
    const { data, headers } = await this.ask(`/crm/v3/objects/${kind.path}/search`, pageSchema, {
      method: "POST",
      json,
      bucket,
    });
    const page = listed(data.results, headers);
    const isLast = data.paging?.next?.after === undefined;
    return { ...page, total: data.total ?? undefined, next: placeAfter(kind, page, { from, above, isLast }) };
  }

  /** Ids of what some records are associated with; a search does not say. */
  async links(kind: Kind, ids: readonly string[]): Promise<Map<string, Partial<Record<Target, string[]>>>> {
    const found = new Map<string, Partial<Record<Target, string[]>>>();
    if (ids.length === 0) return found;
    const json = { inputs: ids.map((id) => ({ id })) };
    for (const target of this.linksOf(kind)) {
      const path = `/crm/v4/associations/${kind.path}/${target}/batch/read`;
      const { data } = await this.ask(path, associationsSchema, { method: "POST", json });
      for (const { from, to } of data.results)
        found.set(from.id, { ...found.get(from.id), [target]: to.map(({ toObjectId }) => toObjectId) });
    }
    return found;
  }

  /** To ask for associations with what the token may not read would be refused. */
  private linksOf({ links }: Kind): Target[] {
    return links.filter((target) => this.chosen.includes(target));
  }

  private async readDirectory(): Promise<Directory> {
    const { data } = await this.ask("/account-info/v3/details", accountSchema);
    const home = `https://${data.uiDomain ?? "app.hubspot.com"}/contacts/${data.portalId}`;
    // People who have left still own what they owned.
    const owners = [...(await this.owners(true)), ...(await this.owners(false))];
    const [holder] = (["contacts", "companies"] as const).filter((path) => this.chosen.includes(path));
    const stages = { deals: await this.stages("deals"), tickets: await this.stages("tickets") };
    const inbox = { http: this.http, base: this.base, signal: this.signal };
    const messages = this.chosen.includes("tickets") && (await mayReadMessages(inbox));
    const words = {
      lifecyclestage: await this.wordsOf(holder, "lifecyclestage"),
      hs_call_disposition: await this.wordsOf(
        this.chosen.includes("calls") ? "calls" : undefined,
        "hs_call_disposition",
      ),
    };
    return { home, owners: new Map(owners), stages, messages, words };
  }

  /** What a property's values are called. A token may do without: its scope is one that nothing else takes. */
  private async wordsOf(path: Path | undefined, property: Worded): Promise<Map<string, string>> {
    if (path === undefined) return new Map();
    const found = await this.ask(`/crm/v3/properties/${path}/${property}`, choiceSchema).catch(orNone);
    const options = found?.data.options ?? [];
    return new Map(options.flatMap(({ value, label }) => (label ? [[value, label] as const] : [])));
  }

  private async owners(archived: boolean): Promise<[string, string][]> {
    const fetch = async (after: string | null) => {
      const query = { limit: 500, archived, after: after ?? undefined };
      const { data } = await this.ask("/crm/v3/owners", pageSchema, { query });
      return { items: data.results, next: data.paging?.next?.after };
    };
    return (await allOf(cursorPages({ start: null, fetch }))).flatMap((entry) => {
      const owner = ownerSchema.safeParse(entry).data;
      if (owner === undefined) return [];
      const name = [owner.firstName, owner.lastName].filter(Boolean).join(" ");
      return [[owner.id, name || (owner.email ?? "")]];
    });
  }

  private async stages(path: Staged): Promise<Map<string, Stage>> {
    if (!this.chosen.includes(path)) return new Map();
    const { data } = await this.ask(`/crm/v3/pipelines/${path}`, pipelinesSchema);
    const stages = data.results.flatMap(({ label: pipeline, stages: some }) =>
      some.map(({ id, label, metadata }): [string, Stage] => {
        const closed = String(metadata?.["isClosed"]) === "true" || metadata?.["ticketState"] === "CLOSED";
        const won = closed && Number(metadata?.["probability"]) === 1;
        return [id, { pipeline: pipeline ?? "", label: label ?? id, closed, won }];
      }),
    );
    return new Map(stages);
  }

  private ask<Output>(path: string, schema: z.ZodType<Output>, more: Omit<HttpRequest, "url"> = {}) {
    return this.http.request({
      url: `${this.base}${path}`,
      expect: "json",
      schema,
      signal: this.signal,
      ...more,
    });
  }
}

function listed(entries: readonly unknown[], headers: Headers): Listed {
  const records = entries.flatMap((entry) => recordSchema.safeParse(entry).data ?? []);
  const texts = records.flatMap(({ properties: { hs_email_html: html, hs_email_text: text } }) => {
    return [html, text].filter((one) => one !== undefined && one !== null && one !== "");
  });
  // Without the scope it stands in the place of all of them. Anybody can write an email that begins so.
  if (texts.length > 0 && texts.every((text) => REDACTED.test(text ?? "")))
    throw new MissingScopeError("sales-email-read");
  const at = new Date(headers.get("date") ?? Date.now());
  return { records, unknown: entries.length - records.length, at };
}

/** Of what can be done without. */
function orNone(error: unknown): undefined {
  if (![MissingScopeError, ForbiddenError, MissingError].some((kind) => error instanceof kind)) throw error;
}

/** When a record was changed, as searches see it. */
export function changedAt(kind: Kind, { properties, updatedAt }: CrmRecord): string | undefined {
  return properties[kind.modified] ?? updatedAt ?? undefined;
}

function placeAfter(
  kind: Kind,
  { records }: Listed,
  { from, above, isLast }: { from: string; above: string | undefined; isLast: boolean },
): Place | null {
  if (isLast) return above === undefined ? null : { from, passed: true };
  const times = records.map((record) => changedAt(kind, record) ?? "");
  const [first, last] = [times[0], times.at(-1)];
  if (last === undefined || Number.isNaN(Date.parse(last)))
    throw new PermanentError(`HubSpot does not say when its ${kind.path} were changed.`, {
      action: "Start a full sync; if that fails as well, HubSpot's API may have changed.",
    });
  if (above !== undefined) return { from, above: records.at(-1)?.id };
  return first === last ? { from: last, above: "0" } : { from: last };
}
