import type { FakeFaults, FakeSource, StartFake } from "../fake";
import { GongServer, type Trouble } from "./server";
import { GongWorld } from "./world";

export interface GongFake extends FakeSource {
  world: GongWorld;
  server: GongServer;
}

export interface GongFakeOptions {
  /** Refuse more than three requests a second, as Gong does. Needs the true clock. */
  perSecond?: number;
  users?: number;
  days?: number;
  changesWithinDays?: number;
  /** Calls a page; by default few where there are few calls. */
  pageSize?: number;
}

/** Starts a Gong with `items` calls. Few calls come on small pages, so that there are several. */
export async function startGong(options: Parameters<StartFake>[0] & GongFakeOptions): Promise<GongFake> {
  const world = new GongWorld(options);
  const accessKey = `ACCESSKEYCANARY${options.seed}`;
  const secretKey = `secret-canary-${options.seed}-5f3a91`;
  const pageSize = options.pageSize ?? (options.items > 200 ? 100 : 5);
  const { clock, perSecond } = options;
  const server = await new GongServer({ world, clock, accessKey, secretKey, pageSize, perSecond }).start();
  const pages = (count: number) => Math.max(1, Math.ceil(count / pageSize));
  return {
    integration: "Gong",
    apiUrls: `gong=${server.url}`,
    credential: { integration: "Gong", baseUrl: "https://us-12345.api.gong.io/", accessKey, secretKey },
    secrets: [accessKey, secretKey, Buffer.from(`${accessKey}:${secretKey}`).toString("base64")],
    world,
    server,
    faults: faultsOf(server),
    requests: () => server.log,
    // Workspaces, people, and for each page of calls one of transcripts.
    leastRequests: () => 1 + pages(world.users.length) + 2 * pages(world.calls.size),
    [Symbol.asyncDispose]: () => server.stop(),
  };
}

export const startFake: StartFake = startGong;

function faultsOf(server: GongServer): FakeFaults {
  const add = (kind: Trouble["kind"]) => (left: number) => void server.troubles.push({ kind, left });
  return {
    rateLimit: add("rate limit"),
    serverError: add("server error"),
    breakOff: add("break off"),
    slow: add("slow"),
    refuseCredential: () => void (server.refusing = true),
    expireCursors: () => server.cursors.clear(),
    breakShape: () => void (server.shapeBroken = true),
    heal: () => {
      server.troubles.length = 0;
      server.refusing = false;
      server.shapeBroken = false;
    },
    onRequest: (listener) => void (server.listener = listener),
  };
}
