/** The whole program behind HTTP with an owner's password and tokens of every scope, and how each role asks. */
import type { Scope } from "@/core/models/access";
import { type HttpApp, httpApp } from "./http";

export const ownerPassword = "correct horse battery canary-pw-7c1e";

export type Role = "guest" | "reader" | "syncer" | "admin" | "owner" | "foreign page" | "page without origin";

export interface GuardedApp extends HttpApp {
  /** What each role sends along. */
  as: Record<Role, Record<string, string>>;
  /** The token of each scope. */
  tokens: Record<Scope, string>;
  /** Logs in over HTTP and gives back the cookie as a browser would send it. */
  login: (headers?: Record<string, string>) => Promise<string>;
}

/** `await using http = await guardedApp();` */
export async function guardedApp(environment: Record<string, string> = {}): Promise<GuardedApp> {
  const http = await httpApp(environment);
  await http.app.access.password.set(ownerPassword);
  const token = async (scope: Scope) =>
    (await http.app.access.tokens.create({ name: `${scope}er`, scope })).token;
  const tokens = { read: await token("read"), sync: await token("sync"), admin: await token("admin") };
  const login = async (headers: Record<string, string> = {}) => {
    const answer = await http.send("POST", "/api/login", { body: { password: ownerPassword }, headers });
    return cookieOf(answer);
  };
  const Cookie = await login();
  return {
    ...http,
    tokens,
    login,
    as: {
      guest: {},
      reader: bearer(tokens.read),
      syncer: bearer(tokens.sync),
      admin: bearer(tokens.admin),
      owner: { Cookie, Origin: http.origin },
      "foreign page": { Cookie, Origin: "https://evil.example" },
      "page without origin": { Cookie },
    },
  };
}

export function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** The cookie of an answer, as a browser sends it back; empty when there is none. */
export function cookieOf(answer: Response): string {
  return answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
