/**
 * HubSpot's CRM API, as far as a reader needs it: listings by id, searches by property, associations in batches. Shapes
 * and words follow developers.hubspot.com/docs/api-reference/crm.
 */
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { hubspotHappenings } from "./happenings";
import { answerTo, refusal } from "./routes";
import { HubspotWorld, paths } from "./world";

export interface HubspotFake extends FakeSource {
  world: HubspotWorld;
  /** Scopes that the token lacks. */
  lacking: Set<string>;
  /** How long a change is not found by searches. */
  lag: { ms: number };
  /** The limit that every request meets from now on. */
  limit: { policy: string | undefined };
}

export async function startHubspot({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<HubspotFake> {
  const world = new HubspotWorld(seed, items, clock);
  world.happenings = hubspotHappenings(world);
  const token = `pat-eu1-canary${seed}-5e1f`;
  const pageSize = given ?? (items > 200 ? 100 : 5);
  const lacking = new Set<string>();
  const lag = { ms: 0 };
  const limit: HubspotFake["limit"] = { policy: undefined };
  const limited = (policyName: string): Reply => {
    const message = `You have reached your ${policyName.toLowerCase()} limit.`;
    return { status: 429, body: { status: "error", message, errorType: "RATE_LIMIT", policyName } };
  };
  let refusing = false;

  const answer = (request: Request, url: URL): Reply | Promise<Reply> => {
    if (refusing || request.headers.get("authorization") !== `Bearer ${token}`)
      return refusal(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.");
    if (limit.policy !== undefined) return limited(limit.policy);
    return answerTo(request, url, { world, pageSize, lacking, findable: clock.now() - lag.ms });
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => limited("SECONDLY"),
    failed: () => refusal(502, "SERVER_ERROR", "internal error"),
    broken: () => ({ status: 200, body: { objects: [] } }),
  });
  const faults = server.faults();
  return {
    integration: "HubSpot",
    apiUrls: `hubspot=${server.url}`,
    credential: { integration: "HubSpot", apiKey: token },
    secrets: [token],
    world,
    lacking,
    lag,
    limit,
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log,
    // The pages of each kind and thread, then the account, its owners (those who have left, too), the pipelines of deals and
    // of tickets, stages and outcomes, and whether the inbox may be read.
    leastRequests: () => {
      const threads = world.live("tickets").map(({ properties }) => {
        const thread = properties["hs_conversations_originating_thread_id"] ?? "";
        return Math.ceil((world.threads.get(thread)?.length ?? 0) / pageSize);
      });
      const pages = paths.map((path) => Math.max(1, Math.ceil(world.live(path).length / pageSize)));
      return [...pages, ...threads].reduce((sum, count) => sum + count, 8);
    },
    // What changed, and what was deleted.
    leastForNothingNew: () => paths.length * 2,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startHubspot;
