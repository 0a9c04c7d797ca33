import { toIso } from "@/lib/time";
import type { Kind, PartKind } from "../models/kinds";
import type { ForceRecord } from "../models/models";
import type { OwnField, Shape } from "./shape";

/** A record with everything that its artifact and row say. Equal items are rendered alike. */
export interface Item {
  id: string;
  /** Differs from `id` for articles, of which each version is a record of its own. */
  key: string;
  /** What people call its object. */
  label: string;
  values: Readonly<Record<string, string>>;
  own: readonly (OwnField & { value: string })[];
  url: string;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  /** What hangs on it: long parts as far as it tells that one of them changed, others as they are. */
  marks?: readonly string[];
  parts?: readonly Part[];
}

/** A record that is told with the one it hangs on. */
export interface Part {
  name: PartKind["name"];
  values: Item["values"];
  /** Of an e-mail without plain text. */
  html?: string | undefined;
}

export function itemOf(kind: Kind, shape: Shape, record: ForceRecord, home: string): Item {
  const told = shape.asked.flatMap((path): [string, string][] => {
    const value = valueAt(record, path);
    return value === undefined || shape.own.has(path) ? [] : [[path, value]];
  });
  // It changes with every recalculation, whether or not anything can be seen of that.
  const values = Object.fromEntries(told.filter(([path]) => path !== "SystemModstamp"));
  const own = [...shape.own].flatMap(([path, field]) => {
    const value = valueAt(record, path);
    return value === undefined ? [] : [{ ...field, value }];
  });
  return {
    id: record.Id,
    key: keyOf(kind, record),
    label: shape.label,
    values,
    own,
    url: `${home}/${record.Id}`,
    createdAt: toIso(values["CreatedDate"]),
    updatedAt: toIso(values["LastModifiedDate"]),
  };
}

export function keyOf({ object }: Kind, record: ForceRecord): string {
  const [article, language] = ["KnowledgeArticleId", "Language"].map((name) => valueAt(record, name));
  return object === "Knowledge__kav" && article !== undefined ? `${article}:${language ?? ""}` : record.Id;
}

/** When a record was changed, by a person or by Salesforce. */
export function changedAt(record: ForceRecord): string | undefined {
  return toIso(valueAt(record, "SystemModstamp") ?? valueAt(record, "LastModifiedDate"));
}

/** A field, or one of a record that is referred to, as text; undefined where it is empty. */
export function valueAt(record: Readonly<Record<string, unknown>>, path: string): string | undefined {
  const [name = "", within] = path.split(".");
  const value = record[name];
  if (within !== undefined) return isRecord(value) ? valueAt(value, within) : undefined;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
