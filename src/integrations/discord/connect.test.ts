import { describe, expect, test } from "bun:test";
import { AuthError, InputError } from "@/core/models/errors";
import { discordApp, type DiscordApp } from "@test/discord";
import { DiscordWorld } from "../../../test/fakes/discord/world";
import { discordIntegration } from "./integration";

function save(
  { app }: DiscordApp,
  input: { apiKey: string; options?: Record<string, string>; account?: string },
) {
  return app.credentials.save(discordIntegration, { integration: "Discord", ...input });
}

async function refusal(attempt: Promise<unknown>): Promise<InputError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new Error(`Not refused as wrong input: ${String(error)}`);
  return error;
}

function acme(): DiscordWorld {
  const world = new DiscordWorld();
  world.addGuild("Acme");
  return world;
}

describe("connecting a bot", () => {
  test("takes its name for the account's, and the token without what people copy with it", async () => {
    await using discord = await discordApp({ world: acme() });
    const saved = await save(discord, { apiKey: `  Bot ${discord.world.token}\n` });
    expect(saved.account).toBe("stoneturner-bot");
    expect((await discord.app.credentials.read("Discord", saved.account))?.apiKey).toBe(discord.world.token);
    expect(discord.server.requests.map(({ route }) => route)).toEqual([
      "/applications/@me",
      "/users/@me/guilds",
    ]);
  });

  test("refuses what is no token without asking Discord", async () => {
    await using discord = await discordApp({ world: acme() });
    for (const apiKey of ["https://discord.com/api/webhooks/1/abc", "hunter2", " "]) {
      const error = await refusal(save(discord, { apiKey }));
      expect(error.details[0]?.field).toBe("apiKey");
      expect(error.explanation).not.toContain("hunter2");
    }
    expect(discord.server.requests).toEqual([]);
  });

  test("says that a token is wrong", async () => {
    await using discord = await discordApp({ world: acme() });
    const attempt = save(discord, { apiKey: "another-bot.token.xyz" });
    await expect(attempt).rejects.toBeInstanceOf(AuthError);
    await expect(attempt).rejects.toThrow("Discord does not accept the bot token.");
    await attempt.catch(() => undefined);
    expect(discord.server.requests.map(({ status }) => status)).toEqual([401]);
  });

  test("says that the intent is off, and how to turn it on", async () => {
    await using discord = await discordApp({ world: acme() });
    discord.world.messageContent = false;
    const error = await refusal(save(discord, { apiKey: discord.world.token }));
    expect(error.explanation).toContain("Turn on “Message Content Intent”");
  });

  test("gives the invite link when the bot is in no server", async () => {
    await using discord = await discordApp();
    const error = await refusal(save(discord, { apiKey: discord.world.token }));
    expect(error.message).toBe("The token is right, but the bot is in no server yet.");
    expect(error.explanation).toContain(
      `https://discord.com/oauth2/authorize?client_id=${discord.world.bot.id}&scope=bot&permissions=1115136`,
    );
    const options = { privateThreads: "yes" };
    const more = await refusal(save(discord, { apiKey: discord.world.token, options }));
    expect(more.explanation).toContain("permissions=17180984320");
  });

  test("names the servers there are when an option names another", async () => {
    await using discord = await discordApp({ world: acme() });
    const options = { servers: "Acmé, acme" };
    const error = await refusal(save(discord, { apiKey: discord.world.token, options }));
    expect(error.message).toBe("The bot is in no server called “Acmé”.");
    expect(error.explanation).toContain("It is in “Acme”.");
  });

  test("names the option that is wrong", async () => {
    await using discord = await discordApp({ world: acme() });
    const error = await refusal(save(discord, { apiKey: discord.world.token, options: { since: "soon" } }));
    expect(error.details).toEqual([{ field: "options.since", message: "takes a day such as 2025-01-31" }]);
  });
});
