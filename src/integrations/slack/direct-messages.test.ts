import { describe, expect, test } from "bun:test";
import { slackApp } from "@test/slack";
import { slackIntegration } from "./integration";
import { SlackWorld } from "../../../test/fakes/slack/world";

const start = Date.UTC(2026, 2, 3, 9, 0);

/** A workspace with a channel, talk between two, and a group. */
function quarry() {
  const world = new SlackWorld();
  world.addUser("app", { isBot: true });
  const [ann, bob, cem] = ["ann", "bob", "cem"].map((name) => world.addUser(name));
  if (ann === undefined || bob === undefined || cem === undefined) throw new Error("Nobody is there.");
  const general = world.addChannel("general");
  const direct = world.addDirect(ann);
  const group = world.addDirect(ann, bob, cem);
  world.post(general, "In the open", start, { user: ann.id });
  const asked = world.post(direct, "The safe stands in the shed", start, { user: ann.id });
  world.answer(direct, asked, "And the key?", start + 60_000, { user: bob.id });
  world.post(group, "We meet at noon", start, { user: cem.id });
  return { world, ann, general, direct, group, asked };
}

describe("direct messages", () => {
  test("are neither asked for nor served unless they are chosen", async () => {
    const { world } = quarry();
    await using slack = await slackApp({ world });
    await slack.sync("full");
    const all = [...(await slack.served()).values()].map(({ markdown }) => markdown).join();
    expect(all).toContain("In the open");
    expect(all).not.toMatch(/safe|key|noon/);
    const listing = slack.server.log.findLast(({ path }) => path.startsWith("/conversations.list"));
    expect(new URLSearchParams(listing?.path.split("?")[1]).get("types")).toBe(
      "public_channel,private_channel",
    );
  });

  test("are read with their threads where they are, named after the people, and left out of the overview", async () => {
    const { world, ann, direct, group, asked } = quarry();
    await using slack = await slackApp({ world, options: { directMessages: "yes", channels: "general" } });
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const served = await slack.served();
    const talk = served.get(`slack:conv:${direct.id}:${asked.ts}`);
    expect(talk?.title).toBe("Direct messages with ann, 2026-03-03: The safe stands in the shed");
    expect(talk?.markdown).toStartWith("Direct messages with ann of Quarry");
    expect(served.get(`slack:thread:${direct.id}:${asked.ts}`)?.title).toBe(
      "The safe stands in the shed (thread in Direct messages with ann)",
    );
    const [message] = group.messages;
    expect(served.get(`slack:conv:${group.id}:${message?.ts}`)?.title).toBe(
      "Direct messages with ann, bob, cem, 2026-03-03: We meet at noon",
    );
    const overview = [...served].find(([id]) => id.startsWith("slack:workspace:"))?.[1].markdown ?? "";
    expect(overview).toContain("#general");
    expect(overview).not.toMatch(/\bann\b|mpdm/);
    ann.displayName = "Ann Lee";
    await slack.sync("incremental");
    expect((await slack.served()).get(`slack:conv:${direct.id}:${asked.ts}`)?.title).toContain(
      "with Ann Lee,",
    );
  });

  test("leave what is served, and the tables, when they are no longer chosen or are excluded", async () => {
    const { world, direct } = quarry();
    await using slack = await slackApp({ world, options: { directMessages: "yes" } });
    await slack.sync("full");
    const choose = (options: Record<string, string>) =>
      slack.app.credentials.save(slackIntegration, {
        integration: "Slack",
        account: "Quarry",
        apiKey: slack.server.state.token,
        options,
      });
    await choose({ directMessages: "yes", exclude: "ann" });
    await slack.sync("full");
    expect([...(await slack.served()).keys()].filter((id) => id.includes(direct.id))).toEqual([]);
    await choose({});
    await slack.sync("full");
    const left = await slack.app.db.raw.all(`SELECT DISTINCT "channelId" FROM "slackMessage"`);
    expect(left).toHaveLength(1);
    expect([...(await slack.served()).values()].map(({ markdown }) => markdown).join()).not.toMatch(
      /safe|noon/,
    );
  });

  test("without the scope are asked for in words", async () => {
    const { world } = quarry();
    await using slack = await slackApp({ world, options: { directMessages: "yes" } });
    slack.server.state.missingScopes.set("conversations.list", "im:read");
    expect(await slack.sync("full")).toMatchObject({
      state: "failed",
      error: expect.stringContaining("lacks the scope im:read"),
    });
  });
});
