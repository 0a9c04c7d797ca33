import { discordIntegration } from "@/integrations/discord/integration";
import { discordViolations } from "@test/discord-truth";
import { changeThings, fill, talk } from "@test/discord-worlds";
import { serveDiscord } from "../../test/fakes/discord/server";
import { leastRequests } from "../../test/fakes/discord/state";
import type { Compare } from "./comparison";

/** 20,000 messages in 40 channels and 300 threads. */
export const compareDiscord: Compare = (scale) => {
  const of = (count: number) => Math.max(1, Math.round(count * scale));
  const size = { messages: of(20_000), channels: of(40), threads: of(300), days: 400 };
  const acme = talk(20);
  fill(acme, size);
  const server = serveDiscord(acme.world);
  return Promise.resolve({
    integration: discordIntegration,
    credential: { integration: "Discord", account: "bot", apiKey: acme.world.token },
    apiUrls: `discord=${server.url}`,
    size: `${size.messages} messages in ${size.channels} channels and ${size.threads} threads`,
    requests: () => server.requests.length,
    leastRequests: () => leastRequests(acme.world),
    onRequest: (listener) => void (server.onRequest = listener),
    change: (times) => changeThings(acme, times),
    violations: (db) => discordViolations(db, acme.world),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  });
};
