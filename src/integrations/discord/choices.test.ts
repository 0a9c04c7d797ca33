/** Servers and channels to choose from, asked of the stand-in over HTTP. */
import { expect, test } from "bun:test";
import { createIntegrationServices } from "@/core/services/integration-services";
import { silentLogger } from "@/core/services/logger";
import { ChannelType } from "discord-api-types/v10";
import { temporaryDatabase } from "@test/database";
import { collect } from "@test/files";
import { serveDiscord } from "../../../test/fakes/discord/server";
import { DiscordWorld } from "../../../test/fakes/discord/world";
import { discordChoices } from "./choices";
import { createInvalidRequests } from "./invalid-requests";

test("all servers of the bot, and the channels and categories of those that were chosen, can be chosen", async () => {
  const world = new DiscordWorld();
  const [acme, other] = [world.addGuild("Acme"), world.addGuild("Other")];
  const work = world.addChannel(acme, "Work", { type: ChannelType.GuildCategory });
  const general = world.addChannel(acme, "general", { parentId: work.id });
  const lounge = world.addChannel(other, "lounge");
  await using server = serveDiscord(world);
  await using database = await temporaryDatabase();
  const config = { integrationApiUrls: { discord: server.url }, allowedPrivateHosts: [] };
  const services = createIntegrationServices({ db: database.db, log: silentLogger, config });
  const contextOf = (options: Record<string, string>) => ({
    ...services.for("Discord", "bot"),
    integration: "Discord",
    account: "bot",
    credential: { id: "c", integration: "Discord", account: "bot", apiKey: world.token, options },
    signal: new AbortController().signal,
  });
  const choices = discordChoices(createInvalidRequests());
  const listed = async (option: string, options: Record<string, string> = {}) => {
    const found = choices[option]?.(contextOf(options));
    if (found === undefined) throw new Error(`Nothing to choose for ${option}`);
    return (await collect(found)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  };

  expect(await listed("servers")).toEqual([
    { id: acme.id, name: "Acme" },
    { id: other.id, name: "Other" },
  ]);
  const ofAcme = [
    { id: work.id, name: "Work", hint: "Acme, category" },
    { id: general.id, name: "general", hint: "Acme" },
  ];
  expect(await listed("channels", { servers: "acme" })).toEqual(ofAcme);
  expect(await listed("exclude")).toEqual([...ofAcme, { id: lounge.id, name: "lounge", hint: "Other" }]);
  expect(await listed("channels", { servers: "Nowhere" })).toEqual([]);
});
