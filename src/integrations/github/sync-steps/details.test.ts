import { expect, test } from "bun:test";
import { github } from "@test/github";
import type { FakeThread } from "../../../../test/fakes/github/types";

type Place = Awaited<ReturnType<typeof github>>;

/** An account whose only thread is an issue or pull request that is as long as `fill` makes it. */
async function oneThread(kind: "issue" | "pull", fill: (thread: FakeThread, place: Place) => void) {
  const place = await github(0, { include: "issues, pulls" });
  const [repository] = place.world.repositories;
  if (repository === undefined) throw new Error("no repository");
  fill(place.world.addThread(kind, repository, 120_000), place);
  return place;
}
const many = <Value>(count: number, make: (at: number) => Value) =>
  Array.from({ length: count }, (_, at) => make(at));

test("an issue with more comments than a page holds is read to its last one", async () => {
  await using place = await oneThread("issue", (thread, { world }) => {
    thread.comments = many(70, () => ({ ...world.said(thread.createdAt), replies: [] }));
  });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await place.differences()).toEqual([]);
  expect(await place.rows("SELECT count(*) AS n FROM githubComment")).toEqual([{ n: 70 }]);
});

test("reviews, threads at lines and commits of a pull request go on over pages, each for itself", async () => {
  await using place = await oneThread("pull", (thread, { world }) => {
    const { createdAt: at } = thread;
    thread.comments = many(21, () => ({ ...world.said(at), replies: [] }));
    thread.reviews = many(41, () => ({ ...world.said(at, "PRR"), state: "COMMENTED" }));
    thread.lineThreads = many(61, (line) => ({
      ...{ nodeId: `PRRT_${line}`, path: "src/shift.ts", line, isResolved: false },
      comments: [world.said(at, "PRRC")],
    }));
    thread.commits = many(81, (serial) => ({
      oid: `${serial}`.padStart(40, "a"),
      headline: `Step ${serial}`,
    }));
  });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await place.differences()).toEqual([]);
  const [counts] = await place.rows(
    `SELECT (SELECT count(*) FROM githubCommit) AS commits,
       (SELECT count(*) FROM githubComment WHERE kind = 'review') AS reviews`,
  );
  expect(counts).toEqual({ commits: 81, reviews: 41 });
});
