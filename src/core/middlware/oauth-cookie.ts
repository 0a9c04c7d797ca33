/** The cookie by which a browser that was sent to a provider is known when it comes back. One a connection. */
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Config } from "@/core/config";

type Public = Pick<Config, "publicUrl">;

/** Connections may be under way side by side in one browser, so each has its own. */
const nameOf = (config: Public, id: string) =>
  isSecure(config) ? `__Host-stoneturner-oauth-${id}` : `stoneturner-oauth-${id}`;

export function readOAuthCookie(c: Context, config: Public, id: string): string | undefined {
  return getCookie(c, nameOf(config, id));
}

export function writeOAuthCookie(
  c: Context,
  config: Public,
  { id, binding, expiresAt }: { id: string; binding: string; expiresAt: string },
): void {
  setCookie(c, nameOf(config, id), binding, { ...attributes(config), expires: new Date(expiresAt) });
}

export function clearOAuthCookie(c: Context, config: Public, id: string): void {
  setCookie(c, nameOf(config, id), "", { ...attributes(config), maxAge: 0 });
}

/** Lax, not strict: the provider's page is another site, and it is that page that sends the browser back. */
function attributes(config: Public) {
  return { path: "/", httpOnly: true, sameSite: "Lax", secure: isSecure(config) } as const;
}

function isSecure({ publicUrl }: Public): boolean {
  return publicUrl.startsWith("https:");
}
