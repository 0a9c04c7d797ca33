import { describe, expect, test } from "bun:test";
import { createRandom } from "@test/random";
import { HISTORY, maySee, mayDo } from "../../../../test/fakes/discord/permissions";
import { DiscordWorld } from "../../../../test/fakes/discord/world";
import { channelShape, guildShape, memberShape } from "../../../../test/fakes/discord/shapes";
import { channelSchema, guildSchema, memberSchema } from "./api";
import { accessOf, rightsIn, standingOf } from "./permissions";

const VIEW = 1n << 10n;

describe("rights", () => {
  test("come to the same as the stand-in's for a thousand random channels", () => {
    const random = createRandom(3);
    for (let round = 0; round < 1_000; round++) {
      const world = new DiscordWorld();
      const bits = () =>
        [0n, VIEW, HISTORY, VIEW | HISTORY, 1n << 20n, VIEW | HISTORY | (1n << 20n)][random.below(6)] ?? 0n;
      const guild = world.addGuild("Acme", bits() | (random.below(30) === 0 ? 8n : 0n));
      const roles = [1, 2].map((one) => ({
        id: world.newId(Date.now()),
        name: `role ${one}`,
        permissions: bits(),
      }));
      guild.roles.push(...roles);
      const mine = roles.filter(() => random.below(2) === 0).map(({ id }) => id);
      guild.members.set(world.bot.id, { nick: null, roles: mine });
      const targets = [guild.id, ...roles.map(({ id }) => id), world.bot.id].filter(
        () => random.below(2) === 0,
      );
      const overwrites = targets.map((id) => {
        const type: 0 | 1 = id === world.bot.id ? 1 : 0;
        return { id, type, allow: bits(), deny: bits() };
      });
      const channel = world.addChannel(guild, "one", { overwrites, type: random.pick([0, 2, 5, 13, 15]) });
      const standing = standingOf(
        world.bot.id,
        guildSchema.parse(guildShape(guild)),
        memberSchema.parse(memberShape(world.bot, { nick: null, roles: mine })),
      );
      const rights = rightsIn(standing, channelSchema.parse(channelShape(channel, 0)));
      const sees = maySee(world, channel);
      const expected = !sees ? "closed" : mayDo(world, channel, HISTORY) ? "readable" : "no history";
      expect(accessOf(rights, channel.type)).toBe(expected);
    }
  });

  test("of an owner are all, whatever a channel denies", () => {
    const world = new DiscordWorld();
    const guild = { ...world.addGuild("Acme", 0n), ownerId: world.bot.id };
    const channel = world.addChannel(guild, "one", {
      overwrites: [{ id: guild.id, type: 0, allow: 0n, deny: VIEW }],
    });
    const standing = standingOf(world.bot.id, guildSchema.parse(guildShape(guild)), {
      nick: null,
      roles: [],
    });
    expect(accessOf(rightsIn(standing, channelSchema.parse(channelShape(channel, 0))), 0)).toBe("readable");
  });
});
