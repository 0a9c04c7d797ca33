/**
 * Salesforce's REST API, as far as a reader needs it: describes, SOQL, and the consent that leads to it. Shapes and words
 * follow developer.salesforce.com/docs/atlas.en-us.api_rest.meta.
 */
import type { FakeSource, StartFake } from "../fake";
import { FakeServer, type Reply } from "../fake-server";
import { RotatingOAuth } from "../rotating-oauth";
import { salesforceHappenings } from "./happenings";
import { schema } from "./schema";
import { BASE, fieldsOf, type FakeState, type Place, queried, refusal } from "./query";
import { objects, SalesforceWorld } from "./world";

export const CLIENT = { id: "3MVG9canary0client", secret: "canary0consumer0secret0D5C" };
export const INSTANCE = "https://northlight.my.salesforce.com";
const OCTETS = { "content-type": "application/octetstream" };
const LONGEST_ADDRESS = 16_384;
const OWN_WORDS = {
  daily: "TotalRequests Limit exceeded.",
  concurrent: "ConcurrentPerOrgLongTxn Limit exceeded.",
};

export interface SalesforceFake extends FakeSource {
  world: SalesforceWorld;
  oauth: RotatingOAuth;
  state: FakeState;
}

export async function startSalesforce({
  seed,
  items,
  clock,
  pageSize: given,
}: Parameters<StartFake>[0]): Promise<SalesforceFake> {
  const world = new SalesforceWorld(seed, items, clock);
  world.happenings = salesforceHappenings(world);
  const pageSize = given ?? (items > 200 ? 200 : 4);
  const tokens = new Set<string>();
  const oauth = createOAuth(tokens, world);
  const state: FakeState = { usage: "api-usage=1018/100000", untrue: new Set(), textless: false };
  let refusing = false;
  const answer = async (request: Request, url: URL): Promise<Reply> => {
    if (url.pathname === "/services/oauth2/token") {
      const form = new URLSearchParams(await request.text());
      return refusing ? notGranted("refresh token") : oauth.token(form);
    }
    if (url.pathname === "/services/oauth2/revoke") return { status: 200, body: {} };
    const token = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
    if (refusing || !tokens.has(token))
      return refusal(401, "INVALID_SESSION_ID", "Session expired or invalid");
    const reply = answerTo(url, { world, pageSize, state });
    return { ...reply, headers: { "sforce-limit-info": state.usage, ...reply.headers } };
  };
  const server = new FakeServer({
    clock,
    answer,
    limited: () => ({
      ...refusal(503, "SERVER_UNAVAILABLE", "Too many requests."),
      headers: { "retry-after": "1" },
    }),
    failed: () => refusal(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
    broken: () => ({ status: 200, body: { objects: [] } }),
  });
  server.spared = ({ pathname }) => pathname.startsWith("/services/oauth2/");
  const faults = server.faults();
  const parts = ["authorize", "token", "revoke"];
  return {
    integration: "Salesforce",
    apiUrls: [
      `salesforce=${server.url}`,
      ...parts.map((part) => `salesforce.${part}=${server.url}/services/oauth2/${part}`),
    ].join(","),
    credential: { integration: "Salesforce", accessKey: CLIENT.id, secretKey: CLIENT.secret },
    secrets: [CLIENT.secret, "00D!access", "5Aep!refresh"],
    world,
    oauth,
    state,
    faults: {
      ...faults,
      refuseCredential: () => void (refusing = true),
      expireToken: () => oauth.expire(),
      heal: () => {
        faults.heal();
        refusing = false;
      },
    },
    requests: () => server.log.filter(({ path }) => path.startsWith(BASE)),
    consent: (address) => Promise.resolve(oauth.consent(address)),
    leastRequests: () => leastRequests(world, pageSize),
    // What fields each object has and what changed of it, the same of what hangs on deals and cases, and what hangs on the newest
    // of these, which an overlap lists again.
    leastForNothingNew: () => objects.length * 2 + 8 + 7 + 2,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const startFake: StartFake = startSalesforce;

/** Descriptions, pages of each object, and for each page of cases and deals what hangs on them, of which there are two kinds; the same of notes, and the text of each. */
function leastRequests(world: SalesforceWorld, pageSize: number): number {
  const pagesOf = (object: string) => Math.max(1, Math.ceil(world.live(object).length / pageSize));
  const pages = objects.reduce((sum, object) => sum + pagesOf(object), 0);
  const notes = pagesOf("ContentNote") + world.live("ContentNote").length;
  return objects.length + 5 + pages + (pagesOf("Case") + pagesOf("Opportunity")) * 2 + notes;
}

const notGranted = (what: string): Reply => ({
  status: 400,
  body: { error: "invalid_grant", error_description: `expired access/${what}` },
});

function createOAuth(tokens: Set<string>, world: SalesforceWorld): RotatingOAuth {
  return new RotatingOAuth(tokens, {
    client: CLIENT,
    prefixes: { access: "00D!access", refresh: "5Aep!refresh" },
    // Nothing says when a token ends.
    grant: {
      instance_url: INSTANCE,
      id: `https://login.salesforce.com/id/00Dx0000000BV7z/${world.users[0].id.slice(0, 15)}`,
      issued_at: "1770000000000",
      scope: "refresh_token api",
      token_type: "Bearer",
    },
    refused: (what) =>
      what === "client"
        ? {
            status: 400,
            body: { error: "invalid_client_id", error_description: "client identifier invalid" },
          }
        : notGranted(what),
  });
}

function answerTo(url: URL, place: Place): Reply {
  const { state, world } = place;
  if (state.limit !== undefined) return refusal(403, "REQUEST_LIMIT_EXCEEDED", OWN_WORDS[state.limit]);
  if (state.refuses !== undefined)
    return refusal(state.refuses.status, state.refuses.errorCode, "Not now, and not like this.");
  if (url.href.length > LONGEST_ADDRESS) return refusal(414, "URI_TOO_LONG", "The URI is too long.");
  const path = url.pathname.slice(BASE.length);
  if (path === "/")
    return {
      status: 200,
      body: { identity: `https://login.salesforce.com/id/00Dx0000000BV7zEAG/${world.users[0].id}` },
    };
  const isSeen = (object: string) => schema.has(object) && !world.hiddenObjects.has(object);
  if (path === "/sobjects") {
    const shown = [...schema].filter(([name]) => isSeen(name));
    const sobjects = shown.map(([name, { label }]) => ({
      name,
      label,
      queryable: true,
      custom: name.endsWith("__c"),
      customSetting: false,
    }));
    return { status: 200, body: { sobjects } };
  }
  const [, described] = /^\/sobjects\/(\w+)\/describe$/.exec(path) ?? [];
  if (described !== undefined) {
    if (!isSeen(described)) return refusal(404, "NOT_FOUND", "The requested resource does not exist");
    return {
      status: 200,
      body: { name: described, label: schema.get(described)?.label, fields: fieldsOf(described, world) },
    };
  }
  const [, version] = /^\/sobjects\/ContentVersion\/(\w+)\/VersionData$/.exec(path) ?? [];
  const note = [...world.records.values()].find(
    ({ values }) => version !== undefined && values["LatestPublishedVersionId"] === version,
  );
  if (note !== undefined && !state.textless)
    return {
      status: 200,
      body: new TextEncoder().encode(String(note.values["Html"] ?? "")),
      headers: OCTETS,
    };
  if (path === "/query" || path === "/queryAll")
    return queried(url.searchParams.get("q") ?? "", path === "/queryAll", place);
  return refusal(404, "NOT_FOUND", "The requested resource does not exist");
}
