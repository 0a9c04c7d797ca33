import { expect, test } from "bun:test";
import { github } from "@test/github";
import { threadKey } from "../../../../test/fakes/github/expected";

/** A repository with so many discussions, oldest first. */
async function asked(count: number) {
  const place = await github(0, { include: "discussions" });
  const [repository] = place.world.repositories;
  if (repository === undefined) throw new Error("no repository");
  const discussions = Array.from({ length: count }, () =>
    place.world.addThread("discussion", repository, 120_000),
  );
  return { ...place, discussions };
}
const graphqlAsked = (place: Awaited<ReturnType<typeof github>>, from: number) =>
  place.asked(from).filter(({ path }) => path.startsWith("/graphql")).length;

test("discussions are read over all pages at first, and then no further back than what changed", async () => {
  await using place = await asked(12);
  const { discussions } = place;
  await place.sync("full");
  expect(await place.differences()).toEqual([]);
  const from = place.fake.requests().length;
  const [oldest] = discussions;
  if (oldest === undefined) throw new Error("no discussion");
  oldest.body = "Asked anew.";
  oldest.updatedAt = place.world.tick(120_000);
  expect(await place.sync("incremental")).toMatchObject({ updated: 1, inserted: 0, deleted: 0 });
  expect(await place.differences()).toEqual([]);
  expect(graphqlAsked(place, from)).toBe(
    place.world.repositories.filter(({ hasDiscussions }) => hasDiscussions).length,
  );
});

test("a discussion with more answers than a page holds is read whole, and each answer has its row", async () => {
  await using place = await asked(1);
  const { discussions } = place;
  const [discussion] = discussions;
  if (discussion === undefined) throw new Error("no discussion");
  discussion.comments = Array.from({ length: 70 }, () => ({
    ...place.world.said(discussion.createdAt),
    replies: [],
  }));
  await place.sync("full");
  expect(await place.differences()).toEqual([]);
  expect(await place.rows("SELECT count(*) AS n FROM githubComment")).toEqual([{ n: 70 }]);
  expect(await place.rows("SELECT comments FROM githubThread")).toEqual([{ comments: 70 }]);
});

test("a discussion that GitHub fails to look up is not taken for deleted, and the others are read", async () => {
  await using place = await asked(3);
  const { discussions } = place;
  await place.sync("full");
  const [lost, other] = discussions;
  if (lost === undefined || other === undefined) throw new Error("no discussions");
  lost.extra = { lost: true };
  other.title = "Renamed meanwhile";
  other.updatedAt = place.world.tick(120_000);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", updated: 1, deleted: 0 });
  expect((await place.served()).has(threadKey(lost))).toBe(true);
  expect((await place.errors()).join()).toContain(
    "listed 1 discussions of harbour-works/cranes that cannot be read",
  );
  lost.extra = {};
  await place.sync("full");
  expect(await place.differences()).toEqual([]);
});

test("an answer that was hidden as spam loses its words with the next full sync", async () => {
  await using place = await asked(1);
  const [discussion] = place.discussions;
  if (discussion === undefined) throw new Error("no discussion");
  const spam = {
    ...place.world.said(discussion.createdAt),
    body: "Cheap stones at stones.example",
    replies: [],
  };
  discussion.comments = [spam];
  await place.sync("full");
  expect((await place.served()).get(threadKey(discussion))?.markdown).toContain("stones.example");
  Object.assign(spam, { minimizedReason: "spam" });
  await place.sync("full");
  const text = (await place.served()).get(threadKey(discussion))?.markdown;
  expect(text).not.toContain("stones.example");
  expect(text).toContain("hidden as spam");
});

test("a deleted discussion goes with the next full sync, its rows with it", async () => {
  await using place = await asked(4);
  const { discussions } = place;
  await place.sync("full");
  const [gone] = discussions;
  if (gone === undefined) throw new Error("no discussion");
  place.world.remove(gone);
  expect(await place.sync("full")).toMatchObject({ deleted: 1 });
  expect(await place.differences()).toEqual([]);
  expect(await place.rows("SELECT count(*) AS n FROM githubThread")).toEqual([{ n: 3 }]);
});

test("a discussion that is answered while all of them are listed is not taken for deleted", async () => {
  await using place = await asked(12);
  const { discussions, world } = place;
  await place.sync("full");
  const quiet = discussions.toSorted((a, b) => a.updatedAt - b.updatedAt);
  let pages = 0;
  place.fake.faults.onRequest?.(({ path }) => {
    // Between two pages, each of the four that changed longest ago gets an answer and moves to the front.
    if (!path.startsWith("/graphql") || ++pages !== 2) return;
    for (const one of quiet.slice(0, 4)) {
      one.comments.push({ ...world.said(world.tick(120_000)), replies: [] });
      one.updatedAt = world.tick();
    }
  });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 0 });
  await place.sync("incremental");
  expect(await place.differences()).toEqual([]);
});
