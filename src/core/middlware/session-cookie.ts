/** The cookie that a browser is known by. */
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import type { Config } from "@/core/config";
import type { NewSession } from "@/core/services/access/types";

type Public = Pick<Config, "publicUrl">;

/** With https, a name that browsers let nobody but this very host set. */
function cookieName({ publicUrl }: Public): string {
  return isSecure({ publicUrl }) ? "__Host-stoneturner" : "stoneturner-session";
}

export function readSessionCookie(c: Context, config: Public): string | undefined {
  return getCookie(c, cookieName(config));
}

export function writeSessionCookie(c: Context, config: Public, { id, expiresAt }: NewSession): void {
  setCookie(c, cookieName(config), id, { ...attributes(config), expires: new Date(expiresAt) });
}

export function clearSessionCookie(c: Context, config: Public): void {
  setCookie(c, cookieName(config), "", { ...attributes(config), maxAge: 0 });
}

function attributes(config: Public) {
  return { path: "/", httpOnly: true, sameSite: "Strict", secure: isSecure(config) } as const;
}

function isSecure({ publicUrl }: Public): boolean {
  return publicUrl.startsWith("https:");
}
