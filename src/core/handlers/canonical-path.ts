import { rules } from "@/core/middlware/route-rules";

/** Every route of the API, by the parts of its path. */
const routes = [...new Set(Object.keys(rules).map((name) => name.replace(/^\S+ /, "")))].map((path) =>
  path.split("/"),
);
const roots = new Set(["api", "assets", "healthz", "mcp", "metrics", "readyz"]);

/**
 * The path that routes are matched against: still encoded, our own words in their own spelling, no slash at the end.
 * What stands for something, such as an id, stays as it is. A request target that is no URL counts as `/`; the host
 * guard refuses it.
 */
export function canonicalPath(request: Request): string {
  if (!URL.canParse(request.url)) return "/";
  const { pathname } = new URL(request.url);
  const segments = pathname.split("/");
  const root = segments[1]?.toLowerCase() ?? "";
  if (!roots.has(root)) return pathname;
  const spelt = segments.with(1, root);
  while (spelt.length > 2 && spelt.at(-1) === "") spelt.pop();
  const [closest] = routes
    .filter((route) => fits(route, spelt))
    .toSorted((a, b) => parametersOf(a) - parametersOf(b));
  return spelt.map((segment, index) => literal(closest?.[index]) ?? segment).join("/");
}

const literal = (part: string | undefined) => (part?.startsWith("{") === true ? undefined : part);
const parametersOf = (route: readonly string[]) => route.filter((part) => literal(part) === undefined).length;

function fits(route: readonly string[], asked: readonly string[]): boolean {
  if (route.length !== asked.length) return false;
  return route.every(
    (part, index) => (literal(part) ?? asked[index])?.toLowerCase() === asked[index]?.toLowerCase(),
  );
}
