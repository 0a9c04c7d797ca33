import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { isLoginNeeded } from "@/core/middlware/auth";
import type { HttpEnv } from "@/core/middlware/request-log";
import { clearSessionCookie, readSessionCookie, writeSessionCookie } from "@/core/middlware/session-cookie";
import {
  loggedInSchema,
  loginBodySchema,
  passwordBodySchema,
  sessionAnswerSchema,
} from "@/core/models/access";
import { ConflictError } from "@/core/models/errors";
import type { App } from "@/core/services/app";
import { type Api, failures, jsonAnswer, jsonBody, noQuery } from "./schemas";
import { refuse } from "./validation";

const session = createRoute({
  method: "get",
  path: "/api/session",
  summary: "Who asks, and whether a login is needed",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("Who asks", sessionAnswerSchema), ...failures },
});

const login = createRoute({
  method: "post",
  path: "/api/login",
  summary: "Log in with the owner's password; the answer sets the session cookie",
  request: { query: noQuery, body: jsonBody(loginBodySchema) },
  responses: { 200: jsonAnswer("Logged in", loggedInSchema), ...failures },
});

const logout = createRoute({
  method: "post",
  path: "/api/logout",
  summary: "End this browser's session",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("Logged out", z.object({ loggedOut: z.literal(true) })), ...failures },
});

const logoutEverywhere = createRoute({
  method: "post",
  path: "/api/logout/everywhere",
  summary: "End every browser's session",
  request: { query: noQuery },
  responses: { 200: jsonAnswer("How many were ended", z.object({ ended: z.number().int() })), ...failures },
});

const password = createRoute({
  method: "post",
  path: "/api/password",
  summary: "Set the owner's password, or change it; ends every other session",
  request: { query: noQuery, body: jsonBody(passwordBodySchema) },
  responses: { 200: jsonAnswer("It is set", z.object({ passwordSet: z.literal(true) })), ...failures },
});

/** `/api/session`, `/api/login`, `/api/logout`, `/api/password`. */
export function accessRoutes(api: Api, app: App): void {
  sessionRoutes(api, app);
  const { config, access } = app;
  api.openapi(
    password,
    async (c) => {
      const { password: next, oldPassword } = c.req.valid("json");
      if (await access.password.isSet()) {
        const isRight =
          oldPassword !== undefined && (await access.password.check(oldPassword, c.get("address")));
        if (!isRight) throw new HTTPException(403, { message: "The old password is missing or wrong." });
      }
      await access.password.set(next);
      // Every session has ended; whoever changed it on the page stays logged in, under a new id.
      if (c.get("caller")?.kind !== "token") await startSession(c, app);
      return c.json({ passwordSet: true as const }, 200);
    },
    refuse(password),
  );
  api.openapi(
    logoutEverywhere,
    async (c) => {
      clearSessionCookie(c, config);
      return c.json({ ended: await access.sessions.endAll() }, 200);
    },
    refuse(logoutEverywhere),
  );
}

function sessionRoutes(api: Api, app: App): void {
  const { config, access } = app;
  api.openapi(
    session,
    async (c) => {
      const caller = c.get("caller");
      const loginNeeded = await isLoginNeeded(app);
      const passwordSet = await access.password.isSet();
      const shown = caller === undefined ? null : { kind: caller.kind, scope: caller.scope };
      return c.json({ loginNeeded, passwordSet, caller: shown }, 200);
    },
    refuse(session),
  );
  api.openapi(
    login,
    async (c) => {
      if (!(await access.password.isSet())) {
        throw new ConflictError("There is no password to log in with.", {
          action: "Set one on the machine itself: stoneturner password set",
        });
      }
      const { password: text } = c.req.valid("json");
      const started = await access.logIn(text, c.get("address"), readSessionCookie(c, config));
      if (started === undefined) throw new HTTPException(401, { message: "The password is wrong." });
      writeSessionCookie(c, config, started);
      return c.json({ scope: "admin" as const, expiresAt: started.expiresAt }, 200);
    },
    refuse(login),
  );
  api.openapi(
    logout,
    async (c) => {
      const id = readSessionCookie(c, config);
      if (id !== undefined) await access.sessions.end(id);
      clearSessionCookie(c, config);
      return c.json({ loggedOut: true as const }, 200);
    },
    refuse(logout),
  );
}

/** Gives the browser a new session in the place of the one it came with. */
async function startSession(c: Context<HttpEnv>, { config, access }: App): Promise<void> {
  writeSessionCookie(c, config, await access.sessions.start(readSessionCookie(c, config)));
}
