/** The part of SOQL that a reader needs, over records in memory. */

export interface Statement {
  fields: string[];
  object: string;
  conditions: Condition[];
  order: string[];
  limit: number;
}

/** One of these has to hold. */
export type Condition = { field: string; operator: string; values: (string | number | boolean | null)[] }[];

const SHAPE = /^SELECT (.+?) FROM (\w+)(?: WHERE (.+?))?(?: ORDER BY (.+?))?(?: LIMIT (\d+))?$/;

/** Undefined for what is no statement, or more than is known here. */
export function parse(soql: string): Statement | undefined {
  const [, fields, object, where = "", order = "", limit] = SHAPE.exec(soql) ?? [];
  if (fields === undefined || object === undefined) return undefined;
  const conditions = parts(where, " AND ").map((one) =>
    parts(/^\((.+)\)$/.exec(one)?.[1] ?? one, " OR ").map(comparison),
  );
  if (conditions.flat().includes(undefined)) return undefined;
  return {
    fields: fields.split(", "),
    object,
    conditions: conditions.map((some) => some.flatMap((one) => one ?? [])),
    order: order === "" ? [] : order.split(", "),
    limit: Number(limit ?? "50000"),
  };
}

/** Split where no bracket and no text is open. */
function parts(text: string, by: string): string[] {
  const found: string[] = [];
  let [depth, isText, from] = [0, false, 0];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === "'") isText = !isText;
    if (!isText) depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (depth > 0 || isText || !text.startsWith(by, at)) continue;
    found.push(text.slice(from, at));
    from = at + by.length;
  }
  return [...found, text.slice(from)].filter((one) => one !== "");
}

function comparison(text: string): Condition[number] | undefined {
  const [, field, operator, rest = ""] = /^(\w+) (=|!=|>|>=|IN) (.+)$/.exec(text) ?? [];
  if (field === undefined || operator === undefined) return undefined;
  const list = operator === "IN" ? parts(/^\((.+)\)$/.exec(rest)?.[1] ?? "", ", ") : [rest];
  return { field, operator, values: list.map(valueOf) };
}

function valueOf(text: string): string | number | boolean | null {
  if (text === "null") return null;
  if (text === "true" || text === "false") return text === "true";
  return text.startsWith("'") ? text.slice(1, -1) : Date.parse(text);
}

type Value = Condition[number]["values"][number];

export function fits({ conditions }: Statement, valueAt: (field: string) => Value): boolean {
  return conditions.every((some) =>
    some.some(({ field, operator, values }) => {
      const value = valueAt(field);
      const [first = null] = values;
      if (operator === "IN") return values.includes(value);
      if (operator === "=") return value === first;
      if (operator === "!=") return value !== first;
      if (value === null || first === null) return false;
      return operator === ">" ? value > first : value >= first;
    }),
  );
}
