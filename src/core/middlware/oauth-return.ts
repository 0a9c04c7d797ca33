/**
 * The way back from a source's consent page. The session cookie is strict, so browsers do not send it when another site
 * sends somebody to us; a page of ours that goes to the same address brings it along.
 */
import type { Context, HonoRequest } from "hono";
import { html } from "hono/html";

/** Whether a browser was sent to an OAuth redirect by another site. After the bounce it is not, so there is no loop. */
export function isReturnFromAway(request: HonoRequest): boolean {
  return (
    request.method === "GET" &&
    request.path.startsWith("/api/oauth/") &&
    request.header("sec-fetch-site") === "cross-site" &&
    request.header("sec-fetch-mode") === "navigate"
  );
}

/** A page that goes on to the very address it was asked at. */
export function bouncePage(c: Context): Response | Promise<Response> {
  const { pathname, search } = new URL(c.req.raw.url);
  const target = `0; url=${pathname}${search}`;
  return c.html(
    html`<!doctype html><meta charset="utf-8" /><meta http-equiv="refresh" content="${target}" /><title>
        Stoneturner
      </title>`,
  );
}
