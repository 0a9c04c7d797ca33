import { describe, expect, test } from "bun:test";
import { slackApp } from "@test/slack";
import { slackViolations } from "@test/slack-truth";
import { slackIntegration } from "@/integrations/slack/integration";
import { SlackWorld } from "../../../test/fakes/slack/world";

const start = Date.UTC(2026, 2, 3, 9, 0);
const HOUR_MS = 3_600_000;

/** A channel with so many messages, a minute apart. */
function talk(count: number) {
  const world = new SlackWorld();
  const [, ann] = [world.addUser("app", { isBot: true }), world.addUser("ann")];
  const channel = world.addChannel("general");
  for (let minute = 0; minute < count; minute++)
    world.post(channel, `Load ${minute} is up`, start + minute * 60_000, { user: ann.id });
  return { world, channel, ann };
}

async function failures(slack: Awaited<ReturnType<typeof slackApp>>): Promise<string> {
  const rows = await slack.app.db.raw.all("SELECT error FROM syncTask WHERE error IS NOT NULL");
  return rows.map((row) => String(row["error"])).join("\n");
}

describe("Slack's limits", () => {
  test("of apps outside its Marketplace are sat out page by page, and told in plain words", async () => {
    const { world, channel } = talk(40);
    await using slack = await slackApp({ world, tier: "slow" });
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const asked = slack.server.log.filter(
      ({ path, status }) => path.startsWith("/conversations.history") && status === 200,
    );
    expect(asked).toHaveLength(3);
    expect(
      slack.app.logged
        .filter(({ level }) => level === "warn")
        .map(({ message }) => message)
        .join(),
    ).toContain("15 messages once a minute");
    const read = await slack.app.sql.query(
      `SELECT count(*) AS n FROM "slackMessage" WHERE "channelId" = '${channel.id}'`,
    );
    expect(read.rows).toEqual([[40]]);
  });
});

describe("what Slack refuses", () => {
  test("names the scope that is missing, and what to do", async () => {
    const { world } = talk(1);
    await using slack = await slackApp({ world });
    slack.server.state.missingScopes.set("conversations.history", "channels:history");
    expect(await slack.sync("full")).toMatchObject({
      state: "failed",
      error:
        "The Slack app lacks the scope channels:history. Add it under “OAuth & Permissions” of the app, reinstall the app, and sync again.",
    });
  });

  test("a channel that the app was removed from is hidden at once, and comes back when it is invited again", async () => {
    const { world, channel, ann } = talk(2);
    const other = world.addChannel("other");
    world.post(other, "Still here", start, { user: ann.id });
    await using slack = await slackApp({ world });
    await slack.sync("full");
    // Between the listing of channels and the reading of this one.
    slack.server.listener = ({ path }) => {
      if (path.startsWith("/conversations.history")) channel.isMember = false;
    };
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    const served = await slack.served();
    expect([...served.keys()].filter((id) => id.includes(channel.id))).toEqual([]);
    expect([...served.keys()].some((id) => id.includes(other.id))).toBe(true);
    slack.server.listener = undefined;
    channel.isMember = true;
    await slack.sync("incremental");
    expect([...(await slack.served()).keys()].filter((id) => id.includes(channel.id))).toHaveLength(1);
  });

  test("an archived channel stays as it was read, whatever Slack answers when it is asked for", async () => {
    const { world, channel } = talk(2);
    await using slack = await slackApp({ world });
    await slack.sync("full");
    const read = [...(await slack.served()).keys()].filter((id) => id.includes(channel.id));
    Object.assign(channel, { isArchived: true, isMember: false });
    for (const mode of ["incremental", "full"] as const)
      expect(await slack.sync(mode)).toMatchObject({ state: "succeeded", deleted: 0 });
    channel.isMember = true;
    slack.server.refuse = ({ path }) =>
      path.startsWith("/conversations.history") ? "is_archived" : undefined;
    for (const mode of ["incremental", "full"] as const)
      expect(await slack.sync(mode)).toMatchObject({ state: "succeeded", deleted: 0 });
    expect([...(await slack.served()).keys()].filter((id) => id.includes(channel.id))).toEqual(read);
  });

  test("an app in no channel is told to be invited, and the notice ends when it is", async () => {
    const { world, channel } = talk(1);
    channel.isMember = false;
    await using slack = await slackApp({ world });
    await slack.sync("full");
    expect(await failures(slack)).toContain(
      "The app is in no channel, so there is nothing to read. In Slack, write /invite @",
    );
    channel.isMember = true;
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    expect([...(await slack.served()).keys()].filter((id) => id.includes(channel.id))).toHaveLength(1);
  });
});

test("an empty answer is not taken for a cleared channel while its messages are still there", async () => {
  const { world, channel } = talk(3);
  await using slack = await slackApp({ world });
  await slack.sync("full");
  slack.server.state.emptyPages = 1;
  expect(await slack.sync("full")).toMatchObject({ deleted: 0, updated: 0 });
  expect(slack.server.state.emptyPages).toBeLessThan(1);
  channel.messages.length = 0;
  expect(await slack.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
});

test("a long channel is read from its newest message, and each conversation has its place whatever the order", async () => {
  const { world, channel, ann } = talk(400);
  world.post(channel, "A new day", start + 40 * HOUR_MS, { user: ann.id });
  await using slack = await slackApp({ world, pageSize: 50 });
  await slack.sync("full");
  await using other = await slackApp({ world, pageSize: 1_000 });
  await other.sync("full");
  expect(await slack.served()).toEqual(await other.served());
});

test("a later first day takes out what lies before it, though Slack still has it; an earlier one brings it back", async () => {
  const { world, channel, ann } = talk(55);
  const busy = world.addChannel("busy");
  const asked = world.post(busy, "Who has the rope?", start, { user: ann.id });
  const toAll = { user: ann.id, subtype: "thread_broadcast" };
  world.answer(busy, asked, "In the shed", start + HOUR_MS, { user: ann.id });
  const late = world.answer(busy, asked, "Found", start + 50 * HOUR_MS, toAll);
  await using slack = await slackApp({ world });
  await slack.sync("full");
  const choose = async (options: Record<string, string>) => {
    const { token: apiKey } = slack.server.state;
    await slack.app.credentials.save(slackIntegration, { integration: "Slack", apiKey, options });
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    return [...(await slack.served()).keys()].filter((id) => !id.startsWith("slack:workspace")).toSorted();
  };
  expect(await choose({ since: "2026-03-05" })).toEqual([`slack:conv:${busy.id}:${late.ts}`]);
  // Nothing is left of the thread, even where what is stored is rendered again.
  busy.name = "rope";
  expect(await choose({ since: "2026-03-05" })).toEqual([`slack:conv:${busy.id}:${late.ts}`]);
  const all = await choose({});
  expect(all.filter((id) => id.includes(channel.id))).toHaveLength(1);
  expect(all).toContain(`slack:thread:${busy.id}:${asked.ts}`);
});

test("what only a full sync sees, where a long channel begins, is shown and leaves what is served", async () => {
  const { world, channel } = talk(60);
  await using slack = await slackApp({ world, pageSize: 25 });
  await slack.sync("full");
  const [slip, edited] = [channel.messages[45], channel.messages[50]];
  if (slip === undefined || edited === undefined) throw new Error("The channel is too short.");
  edited.text = "Load fifty came down";
  world.delete(channel, slip);
  expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await slackViolations(slack.app.db, world)).toEqual([]);
});

test("a thread that is met at an edited answer to all, and again where it began, does not end a full sync", async () => {
  const { world, channel, ann } = talk(60);
  const asked = channel.messages[10];
  if (asked === undefined) throw new Error("The channel is too short.");
  const toAll = { user: ann.id, subtype: "thread_broadcast" };
  const answer = world.answer(channel, asked, "It is up", start + 55.5 * 60_000, toAll);
  await using slack = await slackApp({ world, pageSize: 10 });
  await slack.sync("full");
  answer.text = "It is down";
  expect(await slack.sync("full")).toMatchObject({ state: "succeeded" });
  expect(await slackViolations(slack.app.db, world)).toEqual([]);
});
