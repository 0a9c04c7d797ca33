/** Checks requests against a vendor's OpenAPI file: the route, its parameters, its body. */
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { closed } from "./vendor-spec";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: unknown;
}
interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content?: Record<string, { schema?: unknown }> };
}
/** A parameter as it stands, or where it is described. */
type GivenParameter = Parameter | { $ref: string };
interface GivenOperation extends Omit<Operation, "parameters"> {
  parameters?: GivenParameter[];
}
type PathItem = Record<string, GivenOperation>;

export interface SentRequest {
  method: string;
  /** Path with query, as the specification's routes begin. */
  path: string;
  /** Text of the body; "" for none. */
  body: string;
}

export interface RequestChecker {
  /** The vendor's route that a path is of; undefined when there is none. */
  routeOf: (method: string, path: string) => string | undefined;
  /** How a request differs from what the vendor declares, in words. Names that are not declared count too. */
  problems: (request: SentRequest) => string[];
}

export function requestChecker(specPath: string): RequestChecker {
  // The vendor's own file; every access below allows for what is not there.
  const spec = JSON.parse(readFileSync(specPath, "utf8")) as {
    paths: Record<string, PathItem>;
    components?: { parameters?: Record<string, Parameter> };
  };
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, coerceTypes: true });
  addFormats(ajv);
  ajv.addSchema(closed(spec), "spec");
  const routes = Object.keys(spec.paths).map((route) => ({ route, pattern: patternOf(route) }));
  const routeOf = (method: string, path: string) =>
    routes.find(
      ({ route, pattern }) =>
        pattern.test(path.split("?")[0] ?? "") && spec.paths[route]?.[method.toLowerCase()] !== undefined,
    )?.route;
  const errorsOf = (pointer: readonly string[], value: unknown) => {
    const validate = ajv.compile({ $ref: `spec#/${pointer.map(escaped).join("/")}` });
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  return {
    routeOf,
    problems({ method, path, body }) {
      const route = routeOf(method, path);
      if (route === undefined) return [`${method} ${path} is no route of the vendor's`];
      const verb = method.toLowerCase();
      const given = spec.paths[route]?.[verb] ?? {};
      const shared = (given.parameters ?? []).map((one) =>
        "$ref" in one ? one.$ref.split("/").pop() : undefined,
      );
      const parameters = (given.parameters ?? []).flatMap((one) =>
        "$ref" in one ? (spec.components?.parameters?.[one.$ref.split("/").pop() ?? ""] ?? []) : [one],
      );
      const operation = { ...given, parameters };
      const found = [
        ...queryProblems(operation, path, (index, value) => {
          const name = shared[index];
          const own = ["paths", route, verb, "parameters", String(index), "schema"];
          return errorsOf(name === undefined ? own : ["components", "parameters", name, "schema"], value);
        }),
        ...bodyProblems(operation, body, (type, value) =>
          errorsOf(["paths", route, verb, "requestBody", "content", type, "schema"], value),
        ),
      ];
      return found.map((problem) => `${method} ${route}: ${problem}`);
    },
  };
}

function queryProblems(
  { parameters = [] }: Operation,
  path: string,
  errorsOf: (index: number, value: string) => string[],
): string[] {
  const query = new URL(path, "http://vendor.example").searchParams;
  const known = parameters.filter((parameter) => parameter.in === "query");
  return [
    ...[...query.keys()].flatMap((name) =>
      known.some((parameter) => parameter.name === name) ? [] : [`there is no parameter "${name}"`],
    ),
    ...parameters.flatMap((parameter, index) => {
      const { name, required } = parameter;
      if (parameter.in !== "query") return [];
      const value = query.get(name);
      if (value === null) return required === true ? [`the parameter "${name}" is missing`] : [];
      return parameter.schema === undefined ? [] : errorsOf(index, value).map((error) => `${name}${error}`);
    }),
  ];
}

function bodyProblems(
  { requestBody }: Operation,
  body: string,
  errorsOf: (type: string, value: unknown) => string[],
): string[] {
  if (requestBody === undefined) return body === "" ? [] : ["a body is sent where none belongs"];
  if (body === "") return requestBody.required === true ? ["the body is missing"] : [];
  const [type] = Object.keys(requestBody.content ?? {});
  return type === undefined ? [] : errorsOf(type, JSON.parse(body));
}

const patternOf = (route: string) =>
  new RegExp(`^${route.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{[^}]+\}/g, "[^/]+")}$`);
const escaped = (part: string) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
