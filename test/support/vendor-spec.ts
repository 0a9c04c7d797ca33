/**
 * Checks a fake's answers against the vendor's own OpenAPI file, where there is one: `VENDOR_SPECS` names a folder with
 * files such as `gong-openapi.json`. The files are not ours to pass on, so without the folder these tests are skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

interface Operation {
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}
interface Specification {
  paths: Record<string, Record<string, Operation>>;
}

/** The path of a vendor's file; undefined where it is not at hand. */
export function specPath(file: string): string | undefined {
  const folder = process.env["VENDOR_SPECS"];
  const path = folder === undefined ? undefined : join(folder, file);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** To be put behind the name of a test that needs a vendor's file: says why it is left out where the file is missing. */
export function needing(file: string): string {
  return specPath(file) === undefined ? ` (left out: VENDOR_SPECS names no folder with ${file})` : "";
}

/** Says, in words, how answers differ from what a specification (OpenAPI 3) declares. Unknown fields count too. */
export function specChecker(
  path: string,
): (method: string, route: string, status: number, body: unknown) => string[] {
  // The vendor's own file; every access below allows for what is not there.
  const spec = JSON.parse(readFileSync(path, "utf8")) as Specification;
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false });
  addFormats(ajv);
  ajv.addSchema(closed(spec), "spec");
  return (method, route, status, body) => {
    const operation = spec.paths[route]?.[method.toLowerCase()];
    const content = operation?.responses?.[String(status)]?.content ?? {};
    const [type] = Object.keys(content);
    if (type === undefined) return [`${method} ${route} declares no answer ${status}`];
    const pointer = [
      "paths",
      route,
      method.toLowerCase(),
      "responses",
      String(status),
      "content",
      type,
      "schema",
    ];
    const path = pointer
      .map((part) => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1")))
      .join("/");
    const validate = ajv.compile({ $ref: `spec#/${path}` });
    if (validate(body)) return [];
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${method} ${route} ${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

/** OpenAPI's `nullable` beside no type (a reference, a choice) is one that JSON Schema spells otherwise. */
function nullableAlone({ nullable, ...made }: Record<string, unknown>): Record<string, unknown> {
  if (typeof nullable !== "boolean") return nullable === undefined ? made : { ...made, nullable };
  if (made["type"] !== undefined) return { ...made, nullable };
  return nullable ? { anyOf: [made, { type: "null" }] } : made;
}

/** The same schemas, but an object that names its fields has no others. */
export function closed(value: unknown): object {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== "object") return node;
    const entries = Object.entries(node).map(
      ([key, child]) => [key, key === "example" ? child : walk(child)] as const,
    );
    const made: Record<string, unknown> = Object.fromEntries(entries);
    if (typeof made["properties"] === "object" && made["type"] !== "array" && made["allOf"] === undefined)
      made["additionalProperties"] = false;
    return nullableAlone(made);
  };
  // An object goes in, so an object comes out.
  return walk(value) as object;
}
