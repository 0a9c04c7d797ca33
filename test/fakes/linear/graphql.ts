/** Executes queries as Linear does: validated, their cost counted, lists in pages. */
import {
  execute,
  getNamedType,
  Kind,
  parse,
  type SelectionSetNode,
  validate,
  valueFromASTUntyped,
} from "graphql";
import { linearSchema } from "./schema";
import { type FakeKind, kindNames, type LinearWorld, type Thing } from "./world";

export interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

type Fields = Record<string, unknown>;

/** Points: 0.1 a field, 1 an object, times `first` (50 where none is given) for what is in a list. */
export function costOf({ query, variables }: Asked): number {
  const inside = (selection: SelectionSetNode, first: number): number =>
    selection.selections.reduce((sum, node) => {
      if (node.kind !== Kind.FIELD || node.selectionSet === undefined) return sum + 0.1;
      const given = node.arguments?.find(({ name }) => name.value === "first");
      const size = given === undefined ? 50 : Number(valueFromASTUntyped(given.value, variables));
      const cost = 1 + inside(node.selectionSet, size);
      return sum + (node.name.value === "nodes" ? first * cost : cost);
    }, 0);
  const [operation] = parse(query).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? Math.ceil(inside(operation.selectionSet, 1)) : 0;
}

/** What is wrong with a query; [] for nothing. */
export function faultsOf({ query }: Asked): string[] {
  return validate(linearSchema, parse(query)).map(({ message }) => message);
}

export async function run(world: LinearWorld, asked: Asked, pageSize: number): Promise<unknown> {
  const roots: Record<string, (args: Fields) => unknown> = {
    viewer: () => world.people[0],
    organization: () => ({ id: "org-1", name: "Harbour Works" }),
    teams: () => world.teams,
  };
  for (const kind of kindNames) {
    roots[`${kind}s`] = ({ filter }) => world.listed(kind).filter((one) => matches(one, filter));
    roots[kind] = ({ id }) => oneOf(world, kind, id);
  }
  const result = await execute({
    schema: linearSchema,
    document: parse(asked.query),
    variableValues: asked.variables,
    rootValue: {},
    fieldResolver: (source: Fields, args: Fields, _context, info) => {
      const root = info.parentType.name === "Query";
      const value = root ? roots[info.fieldName]?.(args) : source[info.fieldName];
      if (!getNamedType(info.returnType).name.endsWith("Connection")) return value;
      return connection(Array.isArray(value) ? value : [], args, root ? pageSize : Number.POSITIVE_INFINITY);
    },
  });
  const [error] = result.errors ?? [];
  if (error !== undefined) throw error;
  return result.data;
}

function oneOf(world: LinearWorld, kind: FakeKind, id: unknown): Thing {
  const found = world.listed(kind).find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new Error(`Entity not found: ${kind.charAt(0).toUpperCase()}${kind.slice(1)}`);
}

const timeOf = (value: unknown) => (typeof value === "string" ? Date.parse(value) || 0 : 0);

/** Newest first, by creation or by the last change. */
function connection(all: readonly Fields[], args: Fields, pageSize: number) {
  const order = args["orderBy"] === "updatedAt" ? "updatedAt" : "createdAt";
  const sorted = all.toSorted((a, b) => timeOf(b[order]) - timeOf(a[order]));
  const at = args["after"] ? sorted.findIndex(({ id }) => id === args["after"]) + 1 : 0;
  const nodes = sorted.slice(at, at + Math.min(Number(args["first"] ?? 50), pageSize));
  const hasNextPage = at + nodes.length < sorted.length;
  return { nodes, pageInfo: { hasNextPage, endCursor: nodes.at(-1)?.["id"] ?? null } };
}

/** Linear's filters: `and`, `or`, `some`, comparators, and fields of fields. */
function matches(value: unknown, filter: unknown): boolean {
  if (typeof filter !== "object" || filter === null) return true;
  const field = (name: string): unknown =>
    typeof value === "object" && value !== null ? new Map(Object.entries(value)).get(name) : undefined;
  return Object.entries(filter).every(([name, wanted]) => {
    if (name === "and") return (wanted as unknown[]).every((one) => matches(value, one));
    if (name === "or") return (wanted as unknown[]).some((one) => matches(value, one));
    if (name === "some") return Array.isArray(value) && value.some((one) => matches(one, wanted));
    if (name === "in") return (wanted as unknown[]).includes(value);
    if (name === "gte") return typeof value === "string" && value >= String(wanted);
    const inner = field(name);
    return inner !== undefined && inner !== null && matches(inner, wanted);
  });
}
