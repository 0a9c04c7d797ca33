import { describe, expect, test } from "bun:test";
import { needing, specChecker, specPath } from "@test/vendor-spec";
import { galleryWorld } from "./gallery-world";
import { serveDiscord } from "./server";
import { DiscordWorld } from "./world";

const FILE = "discord-openapi.json";
const spec = specPath(FILE);
const agent = "DiscordBot (https://example.com, 1)";

function asking(server: { url: string }, world: DiscordWorld, headers: Record<string, string> = {}) {
  const own = { authorization: `Bot ${world.token}`, "user-agent": agent, ...headers };
  return async (path: string) => {
    const answer = await fetch(`${server.url}/api/v10${path}`, { headers: own });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as unknown };
  };
}

const ids = (body: unknown) => (Array.isArray(body) ? body.map((one: { id: string }) => one.id) : []);

describe("messages", () => {
  test("come newest first, also those above an id, which are the nearest to it", async () => {
    const world = new DiscordWorld();
    const channel = world.addChannel(world.addGuild("Acme"), "general");
    const made = Array.from({ length: 5 }, (_, index) => world.post(channel, world.bot, `${index}`).id);
    await using server = serveDiscord(world);
    const ask = asking(server, world);
    const path = `/channels/${channel.id}/messages?limit=2`;
    expect(ids((await ask(path)).body)).toEqual([made[4], made[3]].map(String));
    expect(ids((await ask(`${path}&before=${made[3]}`)).body)).toEqual([made[2], made[1]].map(String));
    expect(ids((await ask(`${path}&after=${made[1]}`)).body)).toEqual([made[3], made[2]].map(String));
    expect(ids((await ask(`${path}&after=0`)).body)).toEqual([made[1], made[0]].map(String));
    expect((await ask(`/channels/${channel.id}/messages?limit=101`)).status).toBe(400);
  });

  test("are an empty list without the right to read history, and emptied without the intent", async () => {
    const world = new DiscordWorld();
    const guild = world.addGuild("Acme");
    const channel = world.addChannel(guild, "general");
    const { id } = world.post(channel, world.addUser("ann"), "Secret");
    await using server = serveDiscord(world);
    const ask = asking(server, world);
    world.messageContent = false;
    expect((await ask(`/channels/${channel.id}/messages`)).body).toMatchObject([{ id, content: "" }]);
    channel.overwrites.push({ id: guild.id, type: 0, allow: 0n, deny: 1n << 16n });
    expect(await ask(`/channels/${channel.id}/messages`)).toMatchObject({ status: 200, body: [] });
    channel.overwrites.push({ id: world.bot.id, type: 1, allow: 0n, deny: 1n << 10n });
    expect(await ask(`/channels/${channel.id}/messages`)).toMatchObject({
      status: 403,
      body: { code: 50001 },
    });
    expect(await ask("/channels/1/messages")).toMatchObject({ status: 404, body: { code: 10003 } });
  });
});

test("limits speak Discord's words: headers of the bucket, a float in the body, whole seconds in the header", async () => {
  const world = new DiscordWorld();
  world.addGuild("Acme");
  await using server = serveDiscord(world, {
    limits: { perBucket: 1, windowMs: 5_500, global: 100 },
    now: () => 0,
  });
  const ask = asking(server, world);
  const first = await ask("/users/@me/guilds");
  expect(first.headers.get("x-ratelimit-remaining")).toBe("0");
  const second = await ask("/users/@me/guilds");
  expect(second).toMatchObject({ status: 429, body: { retry_after: 5.5, global: false } });
  expect(second.headers.get("retry-after")).toBe("6");
  expect(second.headers.get("x-ratelimit-scope")).toBe("user");
  expect(second.headers.get("x-ratelimit-bucket")).toBe(first.headers.get("x-ratelimit-bucket"));
});

test("a wrong token is 401, and another user agent is turned away before it", async () => {
  const world = new DiscordWorld();
  await using server = serveDiscord(world);
  expect((await asking(server, world, { authorization: "Bot x" })("/users/@me")).status).toBe(401);
  const other = await asking(server, world, { "user-agent": "curl/8" })("/users/@me");
  expect(other).toMatchObject({ status: 403, body: { code: 40333 } });
});

test.skipIf(spec === undefined)(
  `answers are what Discord's own specification declares${needing(FILE)}`,
  async () => {
    const { world, parts } = galleryWorld();
    await using server = serveDiscord(world);
    const ask = asking(server, world);
    const guild = [...world.guilds.keys()][0] ?? "";
    const forum = [...world.channels.values()].find(({ name }) => name === "questions");
    const post = parts.find(({ title }) => title.startsWith("A forum"))?.channel;
    if (forum === undefined || post === undefined) throw new Error("No forum with a post");
    world.archive(post);
    const archived = `/channels/${forum.id}/threads/archived`;
    const asked: [route: string, path: string][] = [
      ["/applications/@me", "/applications/@me"],
      ["/users/@me/guilds", "/users/@me/guilds"],
      ["/guilds/{guild_id}", `/guilds/${guild}`],
      ["/guilds/{guild_id}/channels", `/guilds/${guild}/channels`],
      ["/guilds/{guild_id}/members", `/guilds/${guild}/members`],
      ["/guilds/{guild_id}/members/{user_id}", `/guilds/${guild}/members/${world.bot.id}`],
      ["/guilds/{guild_id}/threads/active", `/guilds/${guild}/threads/active`],
      ["/channels/{channel_id}/threads/archived/public", `${archived}/public`],
      ["/channels/{channel_id}/threads/archived/private", `${archived}/private`],
      [
        "/channels/{channel_id}/users/@me/threads/archived/private",
        `/channels/${forum.id}/users/@me/threads/archived/private`,
      ],
      ["/channels/{channel_id}", `/channels/${post.id}`],
      ...parts.map(({ channel }): [string, string] => [
        "/channels/{channel_id}/messages",
        `/channels/${channel.id}/messages`,
      ]),
    ];
    const check = specChecker(spec ?? "");
    const problems: string[] = [];
    for (const [route, path] of asked) {
      const { status, body } = await ask(path);
      problems.push(...check("GET", route, status, body));
    }
    // The specification knows no forwards; the documentation of messages does.
    const known =
      /message_reference\/type must be equal to constant \{"allowedValue":0\}|message_reference\/type must match exactly one/;
    expect(problems.filter((problem) => !known.test(problem))).toEqual([]);
  },
);
