import { AuthError, PermanentError, RateLimitedError, type StoneturnerError } from "@/core/models/errors";
import type { HttpClient, JsonAnswer } from "@/core/models/http";
import type { IntegrationServices } from "@/core/models/models";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import { ForbiddenError } from "@/core/services/http/errors";
import { refusalSchema } from "./models/models";

/** What the smallest plan grants a private app: 100 requests in ten seconds, 250,000 a day. */
const PER_DAY = 250_000;

/** A client for one account. */
export function hubspotHttp(
  { http, apiUrl }: Pick<IntegrationServices, "http" | "apiUrl">,
  token: string | undefined,
): { http: HttpClient; base: string } {
  return {
    http: http({
      auth: bearerAuth(token?.trim()),
      hostLimits: { "*": { concurrency: 2, spacingMs: 110 } },
      requestsPerDay: PER_DAY,
      errorInBody: refusalOf,
    }),
    base: apiUrl("https://api.hubapi.com"),
  };
}

/** HubSpot says by a category what is wrong, and by a policy which limit was met, without any `Retry-After`. */
function refusalOf({ status, json, now }: JsonAnswer): StoneturnerError | undefined {
  if (status < 400) return undefined;
  const { category, policyName, errors } = refusalSchema.safeParse(json).data ?? { errors: [] };
  if (status === 401)
    return new AuthError("HubSpot does not know this access token.", {
      action: "Copy it again from the private app (Settings → Integrations → Private apps), and reconnect.",
    });
  if (category === "MISSING_SCOPES") {
    const scopes = [...new Set(errors.flatMap(({ context }) => Object.values(context ?? {}).flat()))];
    return new MissingScopeError(scopes.join(", ") || "HubSpot does not say which");
  }
  if (status !== 429) return undefined;
  const wait = waitsMs[policyName ?? ""] ?? 10_000;
  return new RateLimitedError("HubSpot asks to wait.", new Date(now + wait));
}

/** The token may not read this. */
export class MissingScopeError extends PermanentError {
  /** @param scope its name, or that nobody knows it. */
  constructor(scope: string) {
    super(`The private app lacks a scope that this takes (${scope}).`, {
      action: "Add it to the private app in HubSpot, or leave these objects out under “Only these”.",
    });
  }
}

/** Whether the token may read what was asked for. */
export async function isGranted(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (error instanceof MissingScopeError || error instanceof ForbiddenError) return false;
    throw error;
  }
}

/** How long each limit lasts at most; the day's ends at midnight in the account's own time zone. */
const waitsMs: Readonly<Record<string, number>> = {
  SECONDLY: 1_000,
  TEN_SECONDLY_ROLLING: 10_000,
  DAILY: 3_600_000,
};
