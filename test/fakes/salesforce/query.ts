/** Answers to statements: what they find, and what Salesforce says of those that it cannot answer. */
import type { Reply } from "../fake-server";
import { schema } from "./schema";
import { fits, parse, type Statement } from "./soql";
import type { FakeRecord, SalesforceWorld, Value } from "./world";

export const BASE = "/services/data/v62.0";

export interface FakeState {
  /** The limit that every request meets from now on. */
  limit?: "daily" | "concurrent" | undefined;
  /** What the header says of the requests of 24 hours. */
  usage: string;
  /** Fields that a describe tells of and a query does not know. */
  untrue: Set<string>;
  /** Notes of Lightning give no text. */
  textless: boolean;
  /** Refuses everything with this code. */
  refuses?: { status: number; errorCode: string } | undefined;
  /** Changes the records of an answer. */
  change?: ((records: unknown[]) => unknown[]) | undefined;
}

export interface Place {
  world: SalesforceWorld;
  pageSize: number;
  state: FakeState;
}

export function refusal(status: number, errorCode: string, message: string): Reply {
  return { status, body: [{ message, errorCode }] };
}

export function fieldsOf(object: string, { hiddenFields }: SalesforceWorld) {
  const fields = schema.get(object)?.fields ?? [];
  return fields.filter(({ name }) => !hiddenFields.has(`${object}.${name}`));
}

export function queried(soql: string, all: boolean, { world, pageSize, state }: Place): Reply {
  const statement = parse(soql);
  if (statement === undefined) return refusal(400, "MALFORMED_QUERY", `unexpected token in ${soql}`);
  const { object, limit } = statement;
  if (!schema.has(object) || world.hiddenObjects.has(object))
    return refusal(400, "INVALID_TYPE", `sObject type '${object}' is not supported.`);
  const wrong = wrongField(statement, world, state);
  if (wrong !== undefined) return refusal(400, "INVALID_FIELD", wrong);
  if (object === "ContentDocumentLink" && !soql.includes("ContentDocumentId IN ("))
    return refusal(
      400,
      "MALFORMED_QUERY",
      "Implementation restriction: ContentDocumentLink requires a filter.",
    );
  if (object === "Knowledge__kav" && !soql.includes("PublishStatus = "))
    return refusal(400, "MALFORMED_QUERY", "Implementation restriction: filter on PublishStatus or Id.");
  const found = [...world.records.values()]
    .filter((one) => one.object === object && !one.hidden)
    .filter(({ values }) => all || (values["IsDeleted"] === false && values["IsArchived"] !== true))
    .filter((record) => fits(statement, (field) => comparable(record, field)))
    .toSorted((a, b) => compared(statement, a, b))
    .slice(0, limit);
  const records: unknown[] = found.slice(0, pageSize).map((record) => shown(record, statement, world));
  const done = found.length <= pageSize;
  const next = done ? {} : { nextRecordsUrl: `${BASE}/query/01gD0000002HU6KIAW-${pageSize}` };
  return {
    status: 200,
    body: { totalSize: found.length, done, ...next, records: state.change?.(records) ?? records },
  };
}

/** Salesforce's words for the first field that cannot be asked for. */
function wrongField(
  { fields, conditions, object }: Statement,
  world: SalesforceWorld,
  state: FakeState,
): string | undefined {
  const seen = fieldsOf(object, world).filter(({ name }) => !state.untrue.has(`${object}.${name}`));
  for (const path of [...fields, ...conditions.flat().map(({ field }) => field)]) {
    const [first = "", within] = path.split(".");
    const known = seen.some((one) => (within === undefined ? one.name : one.relationshipName) === first);
    const said = within === undefined ? "No such column" : "Didn't understand relationship";
    if (!known)
      return `\nSELECT ${path} FROM ${object}\n       ^\nERROR at Row:1:Column:8\n${said} '${first}' on entity '${object}'.`;
  }
  return undefined;
}

const isTime = (value: Value | undefined): value is string =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value);

function comparable({ values }: FakeRecord, field: string): Value {
  const value = values[field] ?? null;
  return isTime(value) ? Date.parse(value) : value;
}

function compared({ order }: Statement, a: FakeRecord, b: FakeRecord): number {
  for (const field of order) {
    const [x, y] = [comparable(a, field) ?? "", comparable(b, field) ?? ""];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function shown({ values, object, id }: FakeRecord, { fields }: Statement, world: SalesforceWorld) {
  const found: Record<string, unknown> = {
    attributes: { type: object, url: `${BASE}/sobjects/${object}/${id}` },
  };
  for (const path of fields) {
    const [first = "", within] = path.split(".");
    if (within === undefined) found[first] = values[first] ?? null;
    else {
      const field = schema.get(object)?.fields.find(({ relationshipName }) => relationshipName === first);
      const name = world.named(values[field?.name ?? ""]);
      found[first] = name === undefined ? null : { attributes: { type: "Name" }, Name: name };
    }
  }
  return found;
}
