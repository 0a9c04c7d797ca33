/** What Slack's `{"ok": false, "error": …}` means for a sync (https://docs.slack.dev/reference/methods, "Errors"). */
import { z } from "zod";
import {
  AuthError,
  CursorExpiredError,
  PermanentError,
  RateLimitedError,
  type StoneturnerError,
  TransientError,
} from "@/core/models/errors";
import type { JsonAnswer } from "@/core/models/http";
import { ForbiddenError, MissingError } from "@/core/services/http/errors";

const refusalSchema = z.object({
  ok: z.literal(false),
  error: z.string().max(100).catch("unknown_error"),
  needed: z.string().max(300).optional().catch(undefined),
});

const ended = [
  "invalid_auth",
  "not_authed",
  "token_revoked",
  "token_expired",
  "account_inactive",
  "org_login_required",
];
const closed = ["not_in_channel", "is_archived", "no_permission", "access_denied", "restricted_action"];
const missing = [
  "channel_not_found",
  "thread_not_found",
  "message_not_found",
  "file_not_found",
  "file_deleted",
  "user_not_found",
  "user_not_visible",
];
const passing = [
  "internal_error",
  "fatal_error",
  "service_unavailable",
  "request_timeout",
  "team_added_to_org",
];

/** The app was not given what a method takes. */
export class MissingScopeError extends PermanentError {}

const SLOW_SECONDS = 30;
/** Said wherever the slow tier is met. */
export const slowTier =
  "Slack lets apps that are distributed outside its Marketplace ask for 15 messages once a minute. An app that you " +
  "make in your own workspace has no such limit; docs/integrations/slack.md has a manifest for one.";

/** The error in an answer; undefined where there is none. */
export function refusalOf({ status, headers, json, now }: JsonAnswer): StoneturnerError | undefined {
  const { data } = refusalSchema.safeParse(json);
  if (data === undefined) return undefined;
  const { error, needed } = data;
  if (error === "ratelimited" || error === "rate_limited") return limited(headers, now);
  if (ended.includes(error)) {
    return new AuthError(`Slack does not accept the token any more (${error}).`, {
      action: "Reinstall the app in the workspace, and reconnect with the token that it shows.",
    });
  }
  if (error === "missing_scope") {
    return new MissingScopeError(`The Slack app lacks the scope ${needed ?? "that this takes"}.`, {
      action: "Add it under “OAuth & Permissions” of the app, reinstall the app, and sync again.",
    });
  }
  const refusal = { status, detail: error };
  if (closed.includes(error))
    return new ForbiddenError(`Slack does not let the app read this (${error}).`, refusal);
  if (missing.includes(error)) return new MissingError(`Slack knows nothing of it (${error}).`, refusal);
  if (error === "invalid_cursor")
    return new CursorExpiredError("Slack has forgotten where its listing was to go on.");
  if (passing.includes(error)) return new TransientError(`Slack is in trouble (${error}).`);
  return new PermanentError(`Slack refuses the request (${error}).`, {
    action: "Check the app and its scopes; if they are right, Slack's API may have changed.",
  });
}

function limited(headers: Headers, now: number): RateLimitedError {
  const seconds = Number(headers.get("retry-after") ?? 0);
  const wait = Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 86_400) : 30;
  const retryAt = new Date(now + wait * 1_000);
  return new RateLimitedError(
    "Slack asks to wait.",
    retryAt,
    wait < SLOW_SECONDS ? {} : { action: slowTier },
  );
}
