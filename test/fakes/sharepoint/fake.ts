import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { RotatingOAuth } from "../rotating-oauth";
import { Downloads } from "./downloads";
import { Graph, refusal } from "./graph";
import { sharepointHappenings } from "./happenings";
import { SharePointWorld } from "./world";

export interface SharePointFake extends FakeSource {
  world: SharePointWorld;
  oauth: RotatingOAuth;
  /** Answers of the token endpoint are these, in the place of its own. */
  entra: { says: { status: number; error: string; description: string } | undefined };
  graph: Graph;
  downloads: Downloads;
}

export const CLIENT = { id: "8f1e2d3c-canary-client", secret: "canary~secret.8Q~51d2" };
export const TENANT = "contoso.example";
const PREFIXES = { access: "EwCanaryAccess", refresh: "0.CanaryRefresh" };

/** Microsoft Graph, the consent that leads to it, and the host that files are downloaded from. */
export async function startSharePoint(options: Parameters<StartFake>[0]): Promise<SharePointFake> {
  const { seed, items, clock, pageSize } = options;
  const world = new SharePointWorld(seed, clock);
  world.happenings = sharepointHappenings(world);
  for (let index = 0; index < items; index++) world.create();
  const tokens = new Set<string>();
  const oauth = new RotatingOAuth(tokens, {
    client: CLIENT,
    prefixes: PREFIXES,
    grant: { token_type: "Bearer", expires_in: 4_500, ext_expires_in: 4_500 },
    refused: (what) =>
      what === "client"
        ? entraRefusal(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.")
        : entraRefusal(
            400,
            "invalid_grant",
            "AADSTS700082: The refresh token has expired due to inactivity.",
          ),
  });
  const downloads = new Downloads();
  const graph = new Graph({ world, tokens, downloads, pageSize: pageSize ?? (items > 200 ? 200 : 4) });
  const entra: SharePointFake["entra"] = { says: undefined };
  const server = new FakeServer({
    clock,
    answer: async (request, url) => {
      if (!url.pathname.includes("/oauth2/v2.0/")) return graph.answer(request, url);
      if (url.pathname !== `/${TENANT}/oauth2/v2.0/token`)
        return entraRefusal(400, "invalid_request", "AADSTS90002: Tenant not found.");
      if (entra.says) return entraRefusal(entra.says.status, entra.says.error, entra.says.description);
      return oauth.token(new URLSearchParams(await request.text()));
    },
    limited: () => ({
      ...refusal(429, "activityLimitReached", "The request has been throttled"),
      headers: {
        "retry-after": "1",
        "ratelimit-limit": "1200",
        "ratelimit-remaining": "0",
        "ratelimit-reset": "1",
      },
    }),
    failed: () => refusal(503, "serviceNotAvailable", "The service is temporarily unavailable."),
    broken: () => ({ status: 200, body: { "@odata.context": "https://graph.microsoft.com/v1.0/$metadata" } }),
  });
  server.spared = ({ pathname }) => pathname.includes("/oauth2/v2.0/");
  graph.base = server.url;
  const faults = server.faults();
  return {
    integration: "SharePoint",
    apiUrls: `sharepoint=${server.url},sharepoint.login=${server.url},sharepoint.downloads=${downloads.url}`,
    credential: {
      integration: "SharePoint",
      accessKey: CLIENT.id,
      secretKey: CLIENT.secret,
      options: { tenant: TENANT },
    },
    secrets: [CLIENT.secret, PREFIXES.access, PREFIXES.refresh, "tempauth-canary"],
    world,
    oauth,
    entra,
    graph,
    downloads,
    faults: {
      ...faults,
      refuseCredential: () => void (graph.refusing = true),
      expireToken: () => oauth.expire(),
      expireCursors: () => void graph.generation++,
      heal: () => {
        faults.heal();
        graph.refusing = false;
        entra.says = undefined;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith("/v1.0/")),
    leastRequests: () => graph.leastRequests(),
    leastForNothingNew: () => graph.leastForNothingNew(),
    consent: (address) => {
      const { pathname, searchParams } = new URL(address);
      if (pathname !== `/${TENANT}/oauth2/v2.0/authorize`) throw new Error(`No such directory: ${pathname}`);
      const scopes = (searchParams.get("scope") ?? "").split(" ");
      if (!scopes.includes("offline_access")) throw new Error("Nobody asked for a refresh token.");
      return Promise.resolve(oauth.consent(address));
    },
    [Symbol.asyncDispose]: async () => {
      await server[Symbol.asyncDispose]();
      await downloads[Symbol.asyncDispose]();
    },
  };
}

export const startFake: StartFake = startSharePoint;

/** Entra's words, with all that it adds to them. */
function entraRefusal(status: number, error: string, description: string): Reply {
  const more = `Trace ID: ${"0".repeat(36)} Correlation ID: ${"1".repeat(36)} Timestamp: 2026-05-01 10:00:00Z`;
  const text = `${description} ${"Send an interactive authorization request for this user and resource. ".repeat(4)}${more}`;
  return { status, body: { error, error_description: text, error_codes: [1], suberror: "" } };
}
