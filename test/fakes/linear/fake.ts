import { z } from "zod";
import type { FakeSource, StartFake } from "../fake";
import type { RotatingOAuth } from "../rotating-oauth";
import { FakeServer, type Reply } from "../fake-server";
import { linearHappenings } from "./happenings";
import { type Asked, costOf, faultsOf, run } from "./graphql";
import { CLIENT, linearOAuthFake } from "./oauth";
import { kindNames, LinearWorld } from "./world";

export interface LinearFake extends FakeSource {
  world: LinearWorld;
  /** Points of the dearest query so far. */
  dearest: () => number;
  /** What Linear counts for an hour; endless at first. */
  budget: { points: number };
  oauth: RotatingOAuth;
}

/**
 * Linear: GraphQL behind one address, with a key that stands in the header as it is, or the token of an OAuth
 * application.
 */
export async function startLinear({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<LinearFake> {
  const tokens = new Set<string>();
  const oauth = linearOAuthFake(tokens);
  const world = new LinearWorld(seed, clock);
  world.happenings = linearHappenings(world, world.random);
  const apiKey = `lin_api_canary${seed}d3adb33f`;
  const budget = { points: Number.POSITIVE_INFINITY };
  const pageSize = given ?? (items > 200 ? 250 : 5);
  let refusing = false;
  let dearest = 0;
  for (let index = 0; index < items; index++) world.create();

  const limited = (budgetName = "requests", waitMs = 1_000) =>
    refusal(400, "RATELIMITED", "ratelimited", "Rate limit exceeded", {
      [`x-ratelimit-${budgetName}-remaining`]: "0",
      [`x-ratelimit-${budgetName}-reset`]: String(Math.ceil(clock.now() + waitMs)),
    });
  const answer = async (request: Request, url: URL): Promise<Reply> => {
    if (url.pathname === "/oauth/token") return oauth.token(new URLSearchParams(await request.text()));
    if (url.pathname !== "/graphql") return { status: 404, body: { error: "Not Found" } };
    const authorization = request.headers.get("authorization") ?? "";
    const known = authorization === apiKey || tokens.has(authorization.replace(/^Bearer /, ""));
    if (refusing || !known)
      return refusal(
        401,
        "AUTHENTICATION_ERROR",
        "authentication error",
        "Authentication required, not authenticated",
      );
    const asked = askedSchema.parse(await request.json());
    const [fault] = faultsOf(asked);
    if (fault !== undefined) return refusal(400, "GRAPHQL_VALIDATION_FAILED", "graphql error", fault);
    const cost = costOf(asked);
    dearest = Math.max(dearest, cost);
    if (cost > 10_000)
      return refusal(400, "INPUT_ERROR", "invalid input", `Query too complex: ${cost} of 10000`);
    if (cost > budget.points) return limited("complexity", 3_600_000);
    budget.points -= cost;
    return executed(world, asked, pageSize, { "x-complexity": String(cost) });
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => limited(),
    failed: () => refusal(500, "INTERNAL_SERVER_ERROR", "internal error", "Internal server error"),
    broken: ({ status, headers }) => ({
      status,
      body: { data: { result: [] } },
      ...(headers && { headers }),
    }),
  });
  server.spared = ({ pathname }) => pathname === "/oauth/token";
  const faults = server.faults();
  return {
    integration: "Linear",
    apiUrls: `linear=${server.url}`,
    credential: { integration: "Linear", apiKey, accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [apiKey, CLIENT.secret],
    oauth,
    consent: (address) => Promise.resolve(oauth.consent(address)),
    world,
    budget,
    dearest: () => dearest,
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      expireToken: () => oauth.expire(),
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path === "/graphql"),
    leastRequests: () =>
      kindNames.reduce((sum, kind) => sum + Math.max(1, Math.ceil(world.listed(kind).length / pageSize)), 0),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startLinear;

const askedSchema: z.ZodType<Asked> = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});

async function executed(
  world: LinearWorld,
  asked: Asked,
  pageSize: number,
  headers: Record<string, string>,
): Promise<Reply> {
  try {
    return { status: 200, body: { data: await run(world, asked, pageSize) }, headers };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...refusal(200, "INPUT_ERROR", "invalid input", message), headers };
  }
}

function refusal(
  status: number,
  code: string,
  type: string,
  message: string,
  headers: Record<string, string> = {},
): Reply {
  const extensions = { code, type, statusCode: status, userError: true, userPresentableMessage: message };
  return { status, body: { errors: [{ message, extensions }] }, headers };
}
