import { expect, test } from "bun:test";
import { createIntegrationServices } from "@/core/services/integration-services";
import { silentLogger } from "@/core/services/logger";
import { temporaryDatabase } from "@test/database";
import { serveDiscord } from "../../../test/fakes/discord/server";
import { DiscordWorld } from "../../../test/fakes/discord/world";
import { createApi } from "./api";
import { createInvalidRequests } from "./invalid-requests";

test("many requests at once to routes nobody knows yet are paced by their buckets, without a refusal", async () => {
  const world = new DiscordWorld();
  const guild = world.addGuild("Acme");
  const channels = ["a", "b", "c"].map((name) => world.addChannel(guild, name));
  await using server = serveDiscord(world, { limits: { perBucket: 3, windowMs: 500, global: 1_000 } });
  await using database = await temporaryDatabase();
  const config = { integrationApiUrls: { discord: server.url }, allowedPrivateHosts: [] };
  const services = createIntegrationServices({ db: database.db, log: silentLogger, config }).for(
    "Discord",
    "bot",
  );
  const invalid = createInvalidRequests();
  const api = createApi({ token: world.token, services, invalid, signal: new AbortController().signal });
  await Promise.all(channels.flatMap(({ id }) => Array.from({ length: 8 }, () => api.messages(id))));
  expect(server.requests.map(({ status }) => status)).toEqual(Array.from({ length: 24 }, () => 200));
});

test("servers and members are listed to their last page", async () => {
  const world = new DiscordWorld();
  const guilds = Array.from({ length: 401 }, (_, index) => world.addGuild(`Server ${index}`));
  for (let index = 0; index < 1_000; index++)
    guilds[0]?.members.set(world.addUser(`person-${index}`).id, { nick: null, roles: [] });
  await using server = serveDiscord(world);
  await using database = await temporaryDatabase();
  const config = { integrationApiUrls: { discord: server.url }, allowedPrivateHosts: [] };
  const services = createIntegrationServices({ db: database.db, log: silentLogger, config }).for(
    "Discord",
    "bot",
  );
  const invalid = createInvalidRequests();
  const api = createApi({ token: world.token, services, invalid, signal: new AbortController().signal });
  expect(await api.guilds()).toHaveLength(401);
  expect(await api.members(guilds[0]?.id ?? "")).toHaveLength(1_001);
  expect(server.requests).toHaveLength(5);
});
