/** A program with a Discord bot connected to a stand-in, for tests. */
import type { SyncMode, SyncRun } from "@/core/models/sync";
import { discordIntegration } from "@/integrations/discord/integration";
import { testApp, type TestApp } from "./app";
import { type DiscordServer, serveDiscord } from "../fakes/discord/server";
import type { LimitOptions } from "../fakes/discord/limits";
import { DiscordWorld } from "../fakes/discord/world";

export interface DiscordApp extends AsyncDisposable {
  world: DiscordWorld;
  server: DiscordServer;
  app: TestApp;
  connect: (options?: Record<string, string>, account?: string) => Promise<void>;
  sync: (mode?: SyncMode) => Promise<SyncRun>;
}

export async function discordApp(
  given: { world?: DiscordWorld; limits?: LimitOptions; home?: string } = {},
): Promise<DiscordApp> {
  const world = given.world ?? new DiscordWorld();
  const server = serveDiscord(world, given.limits === undefined ? {} : { limits: given.limits });
  const app = await testApp({
    integrations: [discordIntegration],
    environment: { INTEGRATION_API_URLS: `discord=${server.url}` },
    ...(given.home === undefined ? {} : { home: given.home }),
  });
  return {
    world,
    server,
    app,
    connect: async (options = {}, account = "bot") => {
      await app.credentials.save(discordIntegration, {
        integration: "Discord",
        account,
        apiKey: world.token,
        options,
      });
      server.requests.length = 0;
    },
    sync: async (mode = "incremental") => {
      server.requests.length = 0;
      const [started] = await app.runner.start({ integration: "Discord", mode, trigger: "manual" });
      return app.runner.wait(started?.runId ?? "");
    },
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
