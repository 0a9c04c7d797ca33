/** A program with a Slack workspace connected to a stand-in, for tests. */
import { slackIntegration } from "@/integrations/slack/integration";
import type { SlackServerState } from "../fakes/slack/state";
import { SlackServer } from "../fakes/slack/server";
import { SlackWorld } from "../fakes/slack/world";
import { type ConnectedApp, connectedApp } from "./fake-app";
import { fastClock } from "./fast-clock";

export interface SlackApp extends AsyncDisposable, ConnectedApp {
  world: SlackWorld;
  server: SlackServer;
  /** One artifact's markdown, by the end of its source id. */
  markdown: (idEnds: string) => Promise<string | undefined>;
}

const token = "xoxb-12-canary-token";

export async function slackApp({
  world = new SlackWorld(),
  options = {},
  home,
  connect = true,
  ...state
}: {
  world?: SlackWorld;
  options?: Record<string, string>;
  /** An existing data folder; its account is connected already where `connect` is false. */
  home?: string;
  connect?: boolean;
} & Partial<SlackServerState> = {}): Promise<SlackApp> {
  const clock = fastClock(2_000);
  const server = new SlackServer(world, clock, { token, ...state });
  const account = {
    apiUrls: `slack=${server.url},slack.files=${new URL(server.url).origin}`,
    credential: { integration: "Slack", apiKey: server.state.token, options },
  };
  const place = await connectedApp(slackIntegration, account, {
    clock,
    connect,
    ...(home === undefined ? {} : { home }),
  });
  return {
    ...place,
    world,
    server,
    markdown: async (idEnds) => [...(await place.served())].find(([id]) => id.endsWith(idEnds))?.[1].markdown,
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
