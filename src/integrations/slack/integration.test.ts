import { describe, expect, test } from "bun:test";
import { slackApp } from "@test/slack";
import { SlackWorld } from "../../../test/fakes/slack/world";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const start = Date.UTC(2026, 2, 3, 9, 0);

/** A channel with a thread of three weeks ago, and talk of today. */
function quarry() {
  const world = new SlackWorld();
  const [bot, ann, bob] = [world.addUser("app", { isBot: true }), world.addUser("ann"), world.addUser("bob")];
  const general = world.addChannel("general", { topic: "Stones" });
  const old = world.post(general, "Who has the *long* <https://a.example|rope>?", start - 21 * DAY_MS, {
    user: ann.id,
  });
  world.answer(general, old, "It is in the shed.", start - 21 * DAY_MS + MINUTE_MS, { user: bob.id });
  const today = world.post(general, "Morning all", start, { user: bob.id });
  return { world, bot, ann, bob, general, old, today };
}

describe("a synced workspace", () => {
  test("follows what an incremental sync can see, and ends as a new full sync would", async () => {
    const { world, ann, bob, general, old, today } = quarry();
    await using slack = await slackApp({ world });
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await slack.markdown(`thread:${general.id}:${old.ts}`)).toContain("It is in the shed.");

    // A late answer, an answer to all, an edit, a first message that is deleted below answers, another without.
    world.answer(general, old, "No longer.", start + MINUTE_MS, { user: ann.id });
    world.answer(general, old, "Found it!", start + 2 * MINUTE_MS, {
      user: bob.id,
      subtype: "thread_broadcast",
    });
    Object.assign(today, { text: "Good morning all", edited: { user: bob.id, ts: today.ts } });
    const asked = world.post(general, "Lunch?", start + 3 * MINUTE_MS, { user: ann.id });
    world.answer(general, asked, "Yes", start + 4 * MINUTE_MS, { user: bob.id });
    world.delete(general, asked);
    const slip = world.post(general, "wrong window", start + 5 * MINUTE_MS, { user: ann.id });
    await slack.sync("incremental");
    expect(await slack.markdown(`conv:${general.id}:${today.ts}`)).toContain("wrong window");
    world.delete(general, slip);
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });

    const thread = await slack.markdown(`thread:${general.id}:${old.ts}`);
    expect(thread).toContain("No longer.");
    const talk = await slack.markdown(`conv:${general.id}:${today.ts}`);
    expect(talk).toContain("**bob** (09:00, edited): Good morning all");
    expect(talk).toContain("Found it!\n\nAlso sent in a [thread](https://quarry.slack.com/archives/");
    expect(talk).toContain("(This message was deleted.)");
    expect(talk).not.toContain("wrong window");
    expect(await slack.markdown(`thread:${general.id}:${asked.ts}`)).toContain("Yes");

    await using other = await slackApp({ world });
    await other.sync("full");
    expect(await slack.served()).toEqual(await other.served());
    expect(await slack.sync("full")).toMatchObject({
      state: "succeeded",
      inserted: 0,
      updated: 0,
      deleted: 0,
    });
  });

  test("sees an edited answer in a young thread at the next sync, in an old one at the next full sync", async () => {
    const { world, ann, general, old, today } = quarry();
    world.answer(general, today, "Mornign", start + MINUTE_MS, { user: ann.id });
    await using slack = await slackApp({ world });
    await slack.sync("full");
    for (const parent of [old, today])
      Object.assign(world.answersTo(general, parent)[0] ?? {}, { text: "Put right" });
    await slack.sync("incremental");
    expect(await slack.markdown(`thread:${general.id}:${today.ts}`)).toContain("Put right");
    expect(await slack.markdown(`thread:${general.id}:${old.ts}`)).not.toContain("Put right");
    await slack.sync("full");
    expect(await slack.markdown(`thread:${general.id}:${old.ts}`)).toContain("Put right");
  });

  test("reads a thread again when an answer to all is new, changed or gone, however old the thread is", async () => {
    const { world, ann, general, old } = quarry();
    await using slack = await slackApp({ world, options: { rereadDays: "7" } });
    await slack.sync("full");
    const more = { user: ann.id, subtype: "thread_broadcast" };
    const late = world.answer(general, old, "Hung up again", start + MINUTE_MS, more);
    const thread = async () => {
      expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
      return slack.markdown(`thread:${general.id}:${old.ts}`);
    };
    expect(await thread()).toContain("Hung up again");
    Object.assign(late, { text: "Hung up at last" });
    expect(await thread()).toContain("Hung up at last");
    world.delete(general, late);
    expect(await thread()).not.toContain("Hung up");
  });

  test("serves a thread until its last answer is deleted", async () => {
    const { world, ann, general, today } = quarry();
    const only = world.answer(general, today, "Moin", start + MINUTE_MS, { user: ann.id });
    await using slack = await slackApp({ world });
    await slack.sync("full");
    world.delete(general, only);
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(await slack.markdown(`thread:${general.id}:${today.ts}`)).toBeUndefined();
    const left = await slack.app.sql.query(`SELECT count(*) AS n FROM "slackMessage" WHERE text = 'Moin'`);
    expect(left.rows).toEqual([[0]]);
    world.answer(general, today, "Hello", start + 2 * MINUTE_MS, { user: ann.id });
    await slack.sync("incremental");
    expect(await slack.markdown(`thread:${general.id}:${today.ts}`)).toContain("Hello");
  });

  test("calls people, channels and the workspace by their new names everywhere, without reading anything again", async () => {
    const { world, ann, bob, general, old } = quarry();
    world.post(general, `Ask <@${ann.id}> in <#${general.id}>`, start + DAY_MS, { user: bob.id });
    const guest = world.addUser("guest", { listed: false });
    world.post(general, "From outside", start + 2 * DAY_MS, { user: guest.id });
    await using slack = await slackApp({ world });
    await slack.sync("full");
    expect([...(await slack.served()).values()].map(({ markdown }) => markdown).join()).toContain(
      "**guest**",
    );
    ann.displayName = "Ann Lee";
    Object.assign(general, { name: "quarry-floor", isPrivate: true });
    Object.assign(world.team, { name: "Stone Works", url: "https://works.slack.com/" });
    slack.server.log.length = 0;
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded" });
    const served = [...(await slack.served()).values()];
    expect(
      served.filter(({ title, markdown }) =>
        /#general|\*\*ann\*\*|@ann\b|Quarry|\/\/quarry|\(channel\)/.test(title + markdown),
      ),
    ).toEqual([]);
    expect(await slack.markdown(`thread:${general.id}:${old.ts}`)).toContain("**Ann Lee**");
    const methods = slack.server.log.map(({ path }) => path.split("?")[0]);
    expect(methods).toEqual(["/auth.test", "/users.list", "/conversations.list", "/conversations.history"]);
  });

  test("calls people of other workspaces by their new names with the next full sync", async () => {
    const { world, general } = quarry();
    const guest = world.addUser("guest", { listed: false });
    const left = world.addUser("left", { listed: false });
    for (const { id } of [guest, left]) world.post(general, "From outside", start + DAY_MS, { user: id });
    await using slack = await slackApp({ world });
    await slack.sync("full");
    guest.displayName = "Gus Tavsson";
    world.users.delete(left.id);
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const text = [...(await slack.served()).values()].map(({ markdown }) => markdown).join();
    expect(text).toContain("**Gus Tavsson**");
    expect(text).toContain("**left**");
    expect(text).not.toContain("**guest**");
  });

  test("is found by what was said, and opened to SQL", async () => {
    const { world, bob, general } = quarry();
    await using slack = await slackApp({ world, options: { exclude: "#random" } });
    world.post(world.addChannel("random"), "The long rope is pink", start, { user: bob.id });
    await slack.sync("full");
    const { results } = await slack.app.search({ query: "who has the long rope" });
    expect(results[0]?.title).toBe("Who has the long rope? (thread in #general)");
    expect(results.some(({ title }) => title.includes("#random"))).toBe(false);
    const counts = await slack.app.sql.query(
      `SELECT count(*) AS n FROM "slackMessage" WHERE "channelId" = '${general.id}'`,
    );
    expect(counts.rows).toEqual([[3]]);
  });

  test("keeps what a free plan hides, and reads nothing from before the chosen day", async () => {
    const { world, general, old, today } = quarry();
    await using slack = await slackApp({ world });
    await slack.sync("full");
    slack.server.state.hiddenBefore = today.ts;
    expect(await slack.sync("full")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await slack.markdown(`conv:${general.id}:${old.ts}`)).toContain("**long** [rope]");

    await using recent = await slackApp({ world, options: { since: "2026-03-01" } });
    await recent.sync("full");
    expect((await recent.served()).size).toBe(2);
  });
});
