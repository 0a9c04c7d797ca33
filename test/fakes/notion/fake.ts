/** A stand-in for Notion: a workspace with a state, behind the API's own paths, limits, headers and words. */
import type { FakeOptions, FakeSource } from "../fake";
import { Faults } from "./faults";
import { CLIENT, FakeOAuth } from "./oauth";
import type { Settings } from "./routes";
import { serveNotion } from "./server";
import { visiblePages, visibleSources } from "./state";
import { truthOf } from "./truth";
import { NotionWorld } from "./world";

export interface NotionFake extends FakeSource {
  world: NotionWorld;
  faults: Faults;
  settings: Settings;
  oauth: FakeOAuth;
  url: string;
  truth: () => ReturnType<typeof truthOf>;
}

const TOKEN = "ntn_fake0123456789harbour";

export async function startFake({ seed, items, clock }: FakeOptions): Promise<NotionFake> {
  const world = new NotionWorld(seed, clock);
  world.fill(items);
  const settings: Settings = {
    queryLimit: 10_000,
    searchLimit: 10_000,
    capabilities: { comments: true, users: true, content: true },
    generation: 0,
    now: clock.now,
  };
  const oauth = new FakeOAuth();
  const access = { token: TOKEN, accepted: true, generation: 0, oauth };
  const faults = new Faults(access);
  const server = await serveNotion(world.state, settings, access, faults);
  return {
    integration: "Notion",
    apiUrls: `notion=${server.url}`,
    credential: {
      integration: "Notion",
      account: "Harbour Works",
      apiKey: TOKEN,
      accessKey: CLIENT.id,
      secretKey: CLIENT.secret,
    },
    secrets: [TOKEN, CLIENT.secret, "ntn_fakeoauth", "nrt_fakeoauth"],
    world,
    faults,
    settings,
    oauth,
    url: server.url,
    consent: (address) => consentAt(address),
    truth: () => truthOf(world.state),
    requests: () => server.asked,
    leastRequests: () => leastRequests(world),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A person agrees. */
async function consentAt(address: string): Promise<string> {
  const answer = await fetch(address, { redirect: "manual" });
  return answer.headers.get("location") ?? "";
}

/** Who the bot is, users, both searches, rows of every data source, and for each page its content and its comments. */
function leastRequests({ state }: NotionWorld): number {
  const pages = visiblePages(state);
  const hundreds = (count: number) => Math.max(1, Math.ceil(count / 100));
  const sources = visibleSources(state);
  const rowsOf = (id: string) =>
    pages.filter(({ parent }) => parent.kind === "dataSource" && parent.id === id).length;
  const listings =
    hundreds(pages.length) +
    hundreds(sources.length) +
    sources.reduce((sum, { id }) => sum + hundreds(rowsOf(id)), 0);
  const content = pages.reduce((sum, page) => sum + (page.cutAt === undefined ? 2 : 3), 0);
  return 2 + listings + content;
}
