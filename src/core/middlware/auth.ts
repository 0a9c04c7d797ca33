/** Who asks, and whether they may. */
import type { Context, MiddlewareHandler } from "hono";
import type { Config } from "@/core/config";
import { allows, type Caller, type Scope } from "@/core/models/access";
import type { Access } from "@/core/services/access/types";
import { looksLikeToken } from "@/core/services/access/secrets";
import { isLoopback } from "@/lib/host-name";
import type { Addresses } from "./addresses";
import { clientFinder } from "./client-address";
import { envelope } from "./errors";
import { bouncePage, isReturnFromAway } from "./oauth-return";
import type { HttpEnv } from "./request-log";
import { ruleFor } from "./route-rules";
import { readSessionCookie } from "./session-cookie";

/** Everybody who reaches a server that listens on loopback and has neither password nor token. */
const localCaller: Caller = { kind: "local", scope: "admin", actor: "local" };

export interface AuthDeps {
  config: Config;
  access: Access;
  addresses: () => Addresses;
}

/** How somebody said who they are, and who that is; no caller: it does not count. */
interface Claim {
  by: "nothing" | "bearer" | "cookie" | "query";
  caller?: Caller | undefined;
}

/** Whether requests have to say who asks. Any wish to keep somebody out is enough. */
export async function isLoginNeeded({
  config,
  access,
}: Pick<AuthDeps, "config" | "access">): Promise<boolean> {
  return !isLoopback(config.host) || config.oauth !== undefined || access.isGuarded();
}

/** Lets a request through when its route is open or its caller may call it; answers 401 or 403 otherwise. */
export function authenticate(deps: AuthDeps): MiddlewareHandler<HttpEnv> {
  const clientOf = clientFinder(deps.config.trustedProxies);
  return async (c, next) => {
    const { method, path } = c.req;
    const { needs } = ruleFor(method, path);
    const { address, isLocal } = clientOf(c.env.peer, c.req.raw.headers);
    c.set("address", address);
    // The page's own files: nothing depends on who asks.
    if (needs === "open" && !path.startsWith("/api/")) return next();
    if (needs === "local" && isLocal) return next();
    if (!(await isLoginNeeded(deps))) {
      c.set("caller", localCaller);
      c.set("mayStay", async () => !(await isLoginNeeded(deps)));
      return next();
    }
    const { by, caller } = await claimOf(c, deps);
    c.set("caller", caller);
    c.set("mayStay", async () => (await claimOf(c, deps)).caller !== undefined);
    if (by === "cookie" && caller !== undefined && !isOwnPage(c, deps.addresses()))
      return refuseForeignPage(c);
    if (needs === "open") return next();
    if (caller === undefined) {
      if (by === "nothing" && isReturnFromAway(c.req)) return bouncePage(c);
      return refuseStranger(c, by, deps.config);
    }
    const scope = needs === "local" ? "read" : needs;
    return allows(caller.scope, scope) ? next() : refuseScope(c, caller, scope, deps.config);
  };
}

async function claimOf(c: Context<HttpEnv>, { config, access }: AuthDeps): Promise<Claim> {
  if (hasTokenInQuery(c)) return { by: "query" };
  const authorization = c.req.header("authorization");
  if (authorization !== undefined) {
    const token = /^bearer +([^\s,]+)$/i.exec(authorization.trim())?.[1];
    return { by: "bearer", caller: token === undefined ? undefined : await access.bearer(token) };
  }
  const cookie = readSessionCookie(c, config);
  if (cookie === undefined) return { by: "nothing" };
  const isLiving = await access.sessions.use(cookie);
  return { by: "cookie", caller: isLiving ? { kind: "owner", scope: "admin", actor: "owner" } : undefined };
}

/** Addresses end up in logs and histories, so a token in one is not taken, however valid. */
function hasTokenInQuery(c: Context): boolean {
  const query = new URL(c.req.raw.url).searchParams;
  return query.has("access_token") || [...query.values()].some(looksLikeToken);
}

/** A browser sends the cookie by itself, so what changes something has to come from a page of ours. */
function isOwnPage(c: Context, { own }: Addresses): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(c.req.method)) return true;
  const origin = c.req.header("origin");
  return origin === undefined ? c.req.header("sec-fetch-site") === "same-origin" : own.has(origin);
}

function refuseForeignPage(c: Context): Response {
  return c.json(
    envelope("forbidden", "With a login, only Stoneturner's own page may change something."),
    403,
  );
}

const strangerWords: Readonly<Record<Claim["by"], string>> = {
  nothing: "This needs a login. Log in on the web page, or send an API token in the Authorization header.",
  bearer: "This token does not count: it is unknown, expired, revoked, or made out to somebody else.",
  cookie: "This login has ended. Log in again.",
  query:
    "A token in the address is not taken. Send it in the Authorization header, and make a new one: this one may stand in logs.",
};

function refuseStranger(c: Context, by: Claim["by"], config: Config): Response {
  const parts = by === "bearer" || by === "query" ? ['error="invalid_token"'] : [];
  return c.json(envelope("unauthorized", strangerWords[by]), 401, challenge(c, config, parts));
}

function refuseScope(c: Context, caller: Caller, needed: Scope, config: Config): Response {
  const message = `This needs the scope '${needed}'; the token has '${caller.scope}'.`;
  const parts = ['error="insufficient_scope"', `scope="${needed}"`];
  return c.json(envelope("insufficient_scope", message), 403, challenge(c, config, parts));
}

/** RFC 6750, and for MCP clients where to find out about the login (RFC 9728). */
function challenge(c: Context, config: Config, parts: readonly string[]): Record<string, string> {
  const metadata =
    c.req.path === "/mcp"
      ? [`resource_metadata="${config.publicUrl}/.well-known/oauth-protected-resource/mcp"`]
      : [];
  return { "WWW-Authenticate": `Bearer ${['realm="stoneturner"', ...parts, ...metadata].join(", ")}` };
}
