/** The words of our routes that are compared without regard to case. */
const words = new Map(
  [
    "api",
    "artifact",
    "artifacts",
    "assets",
    "audit",
    "cancel",
    "choices",
    "events",
    "everywhere",
    "healthz",
    "integrations",
    "login",
    "logout",
    "mcp",
    "metrics",
    "oauth",
    "openapi.json",
    "password",
    "readyz",
    "preview",
    "recent",
    "retry",
    "runs",
    "schedules",
    "search",
    "session",
    "sync",
    "syncTasks",
    "tokens",
    "updates",
  ].map((word) => [word.toLowerCase(), word]),
);
const roots = new Set(["api", "assets", "healthz", "mcp", "metrics", "readyz"]);

/**
 * The path that routes are matched against: still encoded, our own words in their own spelling, no slash at the end.
 * A request target that is no URL counts as `/`; the host guard refuses it.
 */
export function canonicalPath(request: Request): string {
  if (!URL.canParse(request.url)) return "/";
  const { pathname } = new URL(request.url);
  const segments = pathname.split("/");
  if (!roots.has(segments[1]?.toLowerCase() ?? "")) return pathname;
  const spelt = segments.map((segment) => words.get(segment.toLowerCase()) ?? segment);
  while (spelt.length > 2 && spelt.at(-1) === "") spelt.pop();
  return spelt.join("/");
}
