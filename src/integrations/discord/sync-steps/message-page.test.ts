/** What a conversation shows of messages that stand elsewhere: answered ones, and those that threads began from. */
import { beforeEach, describe, expect, test } from "bun:test";
import { like } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import { discordApp, type DiscordApp } from "@test/discord";
import { type Talk, talk } from "@test/discord-worlds";
import type { FakeChannel } from "../../../../test/fakes/discord/world";

const HOUR_MS = 3_600_000;
/** More than a page of talk ago, and in another conversation. */
const long = Date.now() - 20 * HOUR_MS;

let acme: Talk;
let room: FakeChannel;
beforeEach(() => {
  acme = talk(21);
  room = acme.world.addChannel(acme.guild, "room");
});

/** So much talk that what was said before it comes with another page. */
function chatter(from = long + 8 * HOUR_MS): void {
  for (let index = 0; index < 120; index++) acme.say(room, from + index * 60_000);
}
const post = (text: string, extras: { at: number; replyTo?: string }) =>
  acme.world.post(room, acme.world.bot, text, extras);

async function textOf({ app }: DiscordApp, words: string): Promise<string> {
  const rows = await app.db
    .select()
    .from(mdArtifacts)
    .where(like(mdArtifacts.markdown, `%${words}%`));
  return rows.map(({ markdown }) => markdown).join("\n\n");
}

describe("an answer to a message on another page", () => {
  const deleted = "> (answers a message that was deleted)\n\nThe answer.";

  test("quotes it, follows its edits, and says when it is deleted", async () => {
    const question = post("What about cranes?", { at: long });
    chatter();
    post("The answer.", { at: Date.now() - HOUR_MS, replyTo: question.id });
    await using discord = await discordApp({ world: acme.world });
    await discord.connect();
    await discord.sync("full");
    expect(await textOf(discord, "The answer.")).toContain("wrote: What about cranes?\n\nThe answer.");
    acme.world.edit(room, question.id, "What about herons?");
    await discord.sync();
    expect(await textOf(discord, "The answer.")).toContain("wrote: What about herons?\n\nThe answer.");
    acme.world.delete(room, question.id);
    await discord.sync();
    expect(await textOf(discord, "The answer.")).toContain(deleted);
  });

  test("says that it was deleted before anything was read", async () => {
    const question = post("What about cranes?", { at: long });
    chatter();
    post("The answer.", { at: Date.now() - HOUR_MS, replyTo: question.id });
    acme.world.delete(room, question.id);
    await using discord = await discordApp({ world: acme.world });
    await discord.connect();
    expect(await discord.sync("full")).toMatchObject({ state: "succeeded" });
    expect(await textOf(discord, "The answer.")).toContain(deleted);
  });

  test("quotes what is too old to be read", async () => {
    const question = post("What about cranes?", { at: Date.now() - 60 * 24 * HOUR_MS });
    post("The answer.", { at: Date.now() - HOUR_MS, replyTo: question.id });
    await using discord = await discordApp({ world: acme.world });
    await discord.connect({ since: new Date(Date.now() - 30 * 24 * HOUR_MS).toISOString().slice(0, 10) });
    await discord.sync("full");
    expect(await textOf(discord, "The answer.")).toContain("wrote: What about cranes?\n\nThe answer.");
    expect(await discord.app.db.$count(mdArtifacts, like(mdArtifacts.markdown, "%: What about%"))).toBe(1);
  });
});

test("a thread begins with the message it began from, and that names the thread", async () => {
  const first = post("Who knows about cranes?", { at: long });
  chatter();
  const thread = acme.world.threadFrom(room, first, "On cranes");
  acme.world.post(thread, acme.world.bot, "I do.", { at: Date.now() - HOUR_MS });
  await using discord = await discordApp({ world: acme.world });
  await discord.connect();
  await discord.sync("full");
  const inThread = await textOf(discord, "I do.");
  expect(inThread).toContain("# On cranes");
  expect(inThread.indexOf("Who knows about cranes?")).toBeLessThan(inThread.indexOf("I do."));
  acme.world.edit(room, first.id, "Who knows about herons?");
  await discord.sync();
  expect(await textOf(discord, "I do.")).toContain("Who knows about herons?");
  expect(await textOf(discord, "Who knows about herons?")).toContain("Thread: [On cranes](");
});
