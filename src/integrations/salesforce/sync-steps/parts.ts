/** What hangs on records: comments and e-mails of cases, people and stages of opportunities, each records of their own. */
import { PermanentError } from "@/core/models/errors";
import { batches } from "@/lib/batches";
import { type ForceApi, type Listed, quoted } from "../api";
import type { PartKind } from "../models/kinds";
import type { ForceRecord } from "../models/models";
import { changedAt, type Item, type Part, valueAt } from "./items";
import type { Shape } from "./shape";

/** Ids in a statement, which has to fit into an address. */
const MOST_IDS = 200;
/** Of texts, which may have 131,072 characters each, so many fit into one answer. */
const TEXTS = 200;
const SHORT = 2_000;
/** Stamps count whole seconds: of one so young, more may be written with the same stamp. */
const UNSETTLED_MS = 2_000;

interface Seen extends PartKind {
  shape: Shape;
}

interface Met {
  record: ForceRecord;
  /** By Salesforce's clock. */
  at: Date;
}

export class Parts {
  private known: Promise<Seen[]> | undefined;
  private texts = new Map<string, Part[]>();

  constructor(
    private readonly api: ForceApi,
    private readonly kinds: readonly PartKind[],
  ) {}

  /** Those that the account may see. */
  seen(): Promise<Seen[]> {
    this.known ??= this.describe().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  /** Items with their parts, or of long ones with marks that tell when they change. */
  async joined(items: readonly Item[]): Promise<Item[]> {
    const marks = new Map<string, string[]>();
    const parts = new Map<string, Part[]>();
    for (const kind of await this.seen())
      for (const ids of batches(idsOf(items), MOST_IDS))
        for (const { record, at } of await this.on(kind, ids, !kind.long)) {
          const id = valueAt(record, kind.parent) ?? "";
          if (kind.long) add(marks, id, markOf(record, at));
          else add(parts, id, partOf(kind, record));
        }
    return items.map((item) => ({
      ...item,
      marks: (marks.get(item.id) ?? []).toSorted(),
      parts: byTime(parts.get(item.id) ?? []),
    }));
  }

  /** Reads the long parts of these. */
  async prepare(items: readonly Item[]): Promise<void> {
    this.texts = new Map();
    const ids = idsOf(items.filter(({ marks = [] }) => marks.length > 0));
    for (const kind of (await this.seen()).filter(({ long }) => long))
      for (const some of batches(ids, MOST_IDS)) {
        const records = (await this.on(kind, some, true)).map(({ record }) => record);
        const isBare = (one: ForceRecord) => kind.name === "email" && valueAt(one, "TextBody") === undefined;
        const html = await this.htmlOf(kind, records.filter(isBare));
        for (const record of records)
          add(this.texts, valueAt(record, kind.parent) ?? "", {
            ...partOf(kind, record),
            html: html.get(record.Id),
          });
      }
  }

  /** All parts of an item that is prepared, oldest first. */
  of({ id, parts = [] }: Item): readonly Part[] {
    return byTime([...parts, ...(this.texts.get(id) ?? [])]);
  }

  /** All of one kind that hang on some records, page by page. */
  private async on(
    { object, parent, shape, long }: Seen,
    ids: readonly string[],
    whole: boolean,
  ): Promise<Met[]> {
    const found: Met[] = [];
    const limit = whole && long ? TEXTS : SHORT;
    for (let after = ""; ;) {
      const above = after === "" ? "" : ` AND Id > ${quoted(after)}`;
      const rest = `FROM ${object} WHERE ${within(parent, ids)}${above} ORDER BY Id`;
      const page: Listed = whole
        ? await this.api.select(shape, rest, limit, false)
        : await this.api.query(`SELECT Id, ${parent}, SystemModstamp ${rest}`, limit, false);
      if (page.unknown > 0)
        throw new PermanentError(`Salesforce's ${object} records have a shape that is not known here.`, {
          action: "Start the sync again; if that fails as well, Salesforce's API may have changed.",
        });
      found.push(...page.records.map((record) => ({ record, at: page.at })));
      after = page.records.at(-1)?.Id ?? "";
      if (!page.more || after === "") return found;
    }
  }

  /** Of e-mails that have no plain text. */
  private async htmlOf({ object }: Seen, bare: readonly ForceRecord[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    let left = bare.map(({ Id }) => Id);
    while (left.length > 0) {
      const rest = `FROM ${object} WHERE ${within("Id", left.slice(0, MOST_IDS))} ORDER BY Id`;
      const { records } = await this.api.query(`SELECT Id, HtmlBody ${rest}`, TEXTS, false);
      for (const record of records) found.set(record.Id, valueAt(record, "HtmlBody") ?? "");
      const before = left.length;
      left = left.filter((id) => !found.has(id));
      // What is gone meanwhile does not come.
      if (left.length === before) left = left.slice(MOST_IDS);
    }
    return found;
  }

  private async describe(): Promise<Seen[]> {
    const seen: Seen[] = [];
    for (const kind of this.kinds) {
      const shape = await this.api.shape(kind);
      if (shape !== undefined) seen.push({ ...kind, shape });
    }
    return seen;
  }
}

export function within(field: string, ids: readonly string[]): string {
  return `${field} IN (${ids.map(quoted).join(", ")})`;
}

/** Tells that a record changed; one that was changed just now is read once more by the next sync. */
function markOf(record: ForceRecord, at: Date): string {
  const stamp = changedAt(record) ?? "";
  const isSettled = Date.parse(stamp) < at.getTime() - UNSETTLED_MS;
  return `${record.Id} ${stamp}${isSettled ? "" : "?"}`;
}

const idsOf = (items: readonly Item[]) => items.map(({ id }) => id);

function partOf({ name, shape }: Seen, record: ForceRecord): Part {
  const told = shape.asked.flatMap((path): [string, string][] => {
    const value = path === "SystemModstamp" ? undefined : valueAt(record, path);
    return value === undefined ? [] : [[path, value]];
  });
  return { name, values: Object.fromEntries(told) };
}

function byTime(parts: readonly Part[]): Part[] {
  const at = ({ values }: Part) => values["MessageDate"] ?? values["CreatedDate"] ?? "";
  return parts.toSorted((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
