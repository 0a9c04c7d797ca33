import { describe, expect, test } from "bun:test";
import { AuthError, InputError } from "@/core/models/errors";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { rewindRendering } from "@test/older-rendering";
import { keyOf, startZendesk } from "../../../test/fakes/zendesk/fake";
import { zendeskIntegration } from "./integration";

async function zendesk(items = 0) {
  const clock = fastClock();
  const fake = await startZendesk({ seed: 7, items, clock, tickets: false });
  const place = await connectedApp(zendeskIntegration, fake, { clock, connect: false });
  return {
    ...place,
    fake,
    world: fake.world,
    connect: (changes: Record<string, unknown> = {}) =>
      place.app.credentials.save(zendeskIntegration, {
        ...fake.credential,
        options: { read: "help centre" },
        ...changes,
      }),
    markdown: async (key: string) => (await place.served()).get(key)?.markdown,
    rows: () => place.app.db.raw.all('SELECT * FROM "zendeskArticle" ORDER BY "articleId"'),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("connecting", () => {
  test("takes the address as people paste it, and names the account after it", async () => {
    await using place = await zendesk(1);
    await place.connect({ baseUrl: "acme.zendesk.com/hc/en-us", accessKey: " ana@acme.example " });
    expect(await place.app.credentials.list()).toMatchObject([{ account: "acme", integration: "Zendesk" }]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  });

  test("refuses another host, a wrong token, and one that passes for a visitor's", async () => {
    await using place = await zendesk();
    const refusal = (changes: Record<string, unknown>) =>
      place.connect(changes).catch((error: unknown) => error);
    expect(await refusal({ baseUrl: "https://zendesk.com.evil.example" })).toBeInstanceOf(InputError);
    expect(place.fake.requests()).toEqual([]);
    const wrong = await refusal({ secretKey: "wrong" });
    expect(wrong).toBeInstanceOf(AuthError);
    expect(wrong).toMatchObject({ message: "Zendesk does not know this API token." });
    expect(await refusal({ secretKey: "visitor" })).toMatchObject({
      message: "Zendesk does not know this API token.",
    });
    place.fake.cancel();
    expect(await refusal({})).toMatchObject({
      message: "There is no Zendesk at this address.",
      details: [{ field: "baseUrl" }],
    });
  });
});

describe("a sync", () => {
  test("takes nothing for deleted that is moved to the front while pages are read", async () => {
    await using place = await zendesk(12);
    const { world, fake } = place;
    await place.connect();
    await place.sync();
    const last = [...world.articles.values()].at(-1);
    let pages = 0;
    fake.faults.onRequest?.(({ path }) => {
      if (path.includes("articles.json") && ++pages === 2 && last !== undefined) last.position = 0.5;
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
    expect((await place.served()).size).toBe(12);
  });

  // "Articles can then be accessed by users with any of the user segment ids in the array", on Enterprise plans:
  // developer.zendesk.com/api-reference/help_center/help-center-api/user_segments
  test("tells that only some people may read an article, whichever way Zendesk says so", async () => {
    await using place = await zendesk();
    const { world } = place;
    const [one, some, all] = [
      world.add({ user_segment_id: 360_001, user_segment_ids: [360_001] }),
      world.add({ user_segment_id: null, user_segment_ids: [360_001, 360_002] }),
      world.add({ user_segment_id: null, user_segment_ids: [] }),
    ];
    await place.connect();
    await place.sync();
    expect(await place.markdown(keyOf(one))).toContain("- Read by: some people only\n");
    expect(await place.markdown(keyOf(some))).toContain("- Read by: some people only\n");
    expect(await place.markdown(keyOf(all))).not.toContain("Read by");
    expect((await place.rows()).map(({ segment }) => segment)).toEqual(["360001", "360001,360002", null]);
  });

  test("follows edits, drafts, deletions and what is published again, and takes votes for no change", async () => {
    await using place = await zendesk();
    const { world } = place;
    const [kept, drafted, deleted] = [world.add(), world.add(), world.add()];
    await place.connect();
    await place.sync();
    kept.vote_sum += 40;
    expect(await place.sync("incremental")).toMatchObject({ unchanged: 3, updated: 0 });
    drafted.draft = true;
    world.articles.delete(deleted.id);
    kept.body = "<p>New words.</p>";
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 2 });
    expect([...(await place.served()).keys()]).toEqual([keyOf(kept)]);
    expect(await place.rows()).toHaveLength(1);
    drafted.draft = false;
    await place.sync("incremental");
    expect(await place.markdown(keyOf(drafted))).toContain("# Article");
  });

  test("removes nothing when the token was deleted and passes for a visitor's", async () => {
    await using place = await zendesk();
    place.world.add({ user_segment_id: null });
    const internal = place.world.add({ user_segment_id: 360_001 });
    await place.connect();
    await place.sync();
    place.fake.forgetToken();
    expect(await place.sync("incremental")).toMatchObject({
      state: "failed",
      deleted: 0,
      error: expect.stringContaining("does not know this API token"),
    });
    expect(await place.markdown(keyOf(internal))).toContain("# Article");
  });

  test("keeps long ids whole, and rows in step with what is served", async () => {
    await using place = await zendesk();
    const article = place.world.add({ id: 900_719_925_474_099, user_segment_id: 360_001 });
    await place.connect();
    await place.sync();
    expect(await place.rows()).toMatchObject([
      { articleId: "900719925474099", segment: "360001", category: "Docks & gates", title: article.title },
    ]);
  });

  test("with an article of another shape serves the others, and takes nothing for deleted", async () => {
    await using place = await zendesk();
    const [kept, gone] = [place.world.add(), place.world.add()];
    await place.connect();
    await place.sync();
    place.world.articles.delete(gone.id);
    place.world.articles.set(1, { ...kept, id: Number.POSITIVE_INFINITY });
    await place.sync();
    expect([...(await place.served()).keys()].sort()).toEqual([keyOf(kept), keyOf(gone)].sort());
  });
});

test("a raised rendering mark renders all articles anew from the listing that every sync reads", async () => {
  await using place = await zendesk(7);
  await place.connect();
  await place.sync();
  const before = await place.served();
  const read = place.fake.requests().length;
  await rewindRendering(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 7 });
  expect(await place.served()).toEqual(before);
  // Two pages, and whether the token is known.
  expect(place.fake.requests().length - read).toBe(3);
  expect(await place.sync("incremental")).toMatchObject({ unchanged: 7, updated: 0 });
});
