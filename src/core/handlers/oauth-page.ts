/** What a person reads who comes back from a provider: plain words, no script, everything foreign escaped. */
import type { Context } from "hono";
import { html } from "hono/html";
import type { OAuthOutcome } from "@/core/services/oauth/types";

const titles: Readonly<Record<OAuthOutcome["state"], string>> = {
  waiting: "Waiting",
  opened: "Waiting",
  succeeded: "Connected",
  cancelled: "Not connected",
  failed: "Not connected",
  expired: "Not connected",
};

/** The page that says how a connection ended. */
export function outcomePage(c: Context, { state, message }: Pick<OAuthOutcome, "state" | "message">) {
  const title = titles[state];
  const status = state === "failed" || state === "expired" ? 400 : 200;
  return c.html(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>${title} · Stoneturner</title>
          <link rel="icon" href="/assets/favicon.svg" type="image/svg+xml" />
          <link rel="stylesheet" href="/assets/outcome.css" />
        </head>
        <body>
          <main>
            <h1>${title}</h1>
            <p role="status">${message}</p>
            <p>You can close this page, or <a href="/">go on to Stoneturner</a>.</p>
          </main>
        </body>
      </html>`,
    status,
  );
}
