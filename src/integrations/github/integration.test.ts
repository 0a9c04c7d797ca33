import { describe, expect, test } from "bun:test";
import { github } from "@test/github";
import { threadKey } from "../../../test/fakes/github/expected";

describe("an account at GitHub", () => {
  test("is read whole with the fewest requests, and rows for SQL", async () => {
    await using place = await github(40);
    const before = place.fake.requests().length;
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", inserted: 42, failed: 0 });
    expect(await place.differences()).toEqual([]);
    expect(place.fake.requests().length - before).toBe(place.fake.leastRequests());
    const counts = await place.rows(
      `SELECT (SELECT count(*) FROM githubRepository) AS repositories, (SELECT count(*) FROM githubThread) AS threads,
       (SELECT count(*) FROM githubRelease) AS releases, (SELECT count(*) FROM githubFile) AS files,
       (SELECT count(*) FROM githubComment WHERE kind = 'review') AS reviews, (SELECT count(*) FROM githubCommit) AS commits,
       (SELECT count(*) FROM githubClosing) > 0 AS closing`,
    );
    expect(counts[0]).toEqual({
      repositories: 2,
      threads: 21,
      releases: 7,
      files: 12,
      reviews: 7,
      commits: 7,
      closing: 1,
    });
  });

  test("synced again with nothing new costs nothing of the hourly limit but discussions", async () => {
    await using place = await github(30);
    await place.sync("full");
    await place.sync("incremental");
    const from = place.fake.requests().length;
    expect(await place.sync("incremental")).toMatchObject({
      state: "succeeded",
      inserted: 0,
      updated: 0,
      deleted: 0,
    });
    const asked = place.asked(from);
    const counted = asked.filter(({ status, path }) => status !== 304 && !/graphql|wiki/.test(path));
    expect(counted.map(({ path }) => path.split("?")[0])).toEqual(["/user/repos"]);
    expect(asked.filter(({ status }) => status === 304).length).toBe(6);
  });

  test("is followed incrementally: new, edited, and files and releases that went", async () => {
    await using place = await github(30);
    await place.sync("full");
    const { world } = place;
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 4; count++) [world.create, () => world.edit()][count % 2]?.();
      const { repository, path } = world.documents()[0] ?? { repository: world.addRepository("x"), path: "" };
      repository.files.delete(path);
      world.releases.shift();
      world.repositories[0]?.wiki?.set(`Page-${round}.md`, "Of the night shift.\n");
      world.repositories[1]?.wiki?.clear();
      expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
      expect(await place.differences()).toEqual([]);
    }
  });

  test("many items changed within one second fill more than a page and are all met", async () => {
    await using place = await github(4);
    const [repository] = place.world.repositories;
    if (repository === undefined) throw new Error("no repository");
    const at = place.world.tick();
    for (let count = 0; count < 23; count++)
      place.world.addThread("issue", repository, 1_000, {
        createdAt: at,
        updatedAt: at,
        comments: [],
      }).updatedAt = at;
    await place.sync("full");
    expect(await place.differences()).toEqual([]);
    for (const thread of place.world.threads) {
      thread.title = `Relabelled ${thread.number}`;
      thread.updatedAt = at + 5_000;
    }
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(await place.differences()).toEqual([]);
  });

  test("a comment that was edited without its issue's time moving is brought all the same", async () => {
    await using place = await github(15);
    await place.sync("full");
    const issue = place.world.threads.find(({ kind, comments }) => kind === "issue" && comments.length > 0);
    const pull = place.world.threads.find(({ lineThreads }) => lineThreads.length > 0);
    const at = place.world.tick();
    for (const said of [issue?.comments[0], pull?.lineThreads[0]?.comments[0]]) {
      if (said === undefined) throw new Error("nothing was said");
      said.body = `Corrected: ${said.id} metres.`;
      said.updatedAt = at;
    }
    place.clock.skip(3_700_000);
    expect(await place.sync("incremental")).toMatchObject({ updated: 2 });
    expect(await place.differences()).toEqual([]);
    place.clock.skip(3_700_000);
    expect(await place.sync("incremental")).toMatchObject({ updated: 0 });
    expect(await place.sync("full")).toMatchObject({ updated: 0, state: "succeeded" });
  });
});

describe("what leaves", () => {
  test("a deleted or transferred issue goes with the next full sync, and comes at its new place", async () => {
    await using place = await github(20);
    await place.sync("full");
    const thread = place.world.threads.find(({ kind }) => kind === "issue");
    const other = place.world.repositories.find(({ id }) => id !== thread?.repositoryId);
    if (thread === undefined || other === undefined) throw new Error("nothing to transfer");
    const before = threadKey(thread);
    place.world.remove(thread);
    const after = threadKey(
      place.world.addThread("issue", other, 1_000, { title: thread.title, body: thread.body }),
    );
    expect(await place.sync("full")).toMatchObject({ inserted: 1, deleted: 1 });
    const served = await place.served();
    expect([served.has(before), served.has(after)]).toEqual([false, true]);
    expect(await place.differences()).toEqual([]);
  });

  test("a renamed repository keeps its artifacts; what is named stays found by its old name", async () => {
    await using place = await github(12, { repositories: "harbour-works/cranes, harbour-works/handbook" });
    await place.sync("full");
    const ids = (await place.rows("SELECT id FROM mdArtifacts ORDER BY id")).map(({ id }) => id);
    const [repository] = place.world.repositories;
    repository?.formerNames.push("harbour-works/cranes");
    if (repository !== undefined) repository.name = "lifting-gear";
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 0, deleted: 0 });
    expect(await place.differences()).toEqual([]);
    expect((await place.rows("SELECT id FROM mdArtifacts ORDER BY id")).map(({ id }) => id)).toEqual(ids);
  });

  test.each([451, 403, 404])(
    "a repository that answers %p is hidden, told of, and comes back",
    async (status) => {
      await using place = await github(15);
      await place.sync("full");
      const [cranes] = place.world.repositories;
      place.server.blocked.set("harbour-works/cranes", status);
      const run = await place.sync("full");
      expect(run.state).toBe("succeeded");
      const left = [...(await place.served()).keys()].filter((key) =>
        key.startsWith(`github:${cranes?.id}:`),
      );
      expect(left.filter((key) => !key.includes(":discussion:"))).toEqual([]);
      const told = (await place.errors()).filter((error) => error.includes("cranes could not be read"));
      expect(told.length).toBeGreaterThan(0);
      place.server.blocked.clear();
      await place.sync("full");
      expect(await place.differences()).toEqual([]);
    },
  );

  test("a repository that the token no longer sees is hidden, and what it holds comes back with it", async () => {
    await using place = await github(15);
    await place.sync("full");
    const repository = place.world.repositories.pop();
    if (repository === undefined) throw new Error("no repository");
    await place.sync("incremental");
    const left = [...(await place.served()).keys()].filter((key) =>
      key.startsWith(`github:${repository.id}`),
    );
    expect(left).toEqual([]);
    place.world.repositories.push(repository);
    await place.sync("incremental");
    expect(await place.differences()).toEqual([]);
  });
});

describe("settings", () => {
  test("only what is wanted is read, from the day on that is given, and forks are left aside", async () => {
    await using place = await github(25, { include: "pulls, docs", since: "2020-01-01" });
    place.world.addRepository("forked", { fork: true });
    await place.sync("full");
    const kinds = new Set([...(await place.served()).keys()].map((key) => key.split(":")[2] ?? "repository"));
    expect(kinds).toEqual(new Set(["repository", "issue", "file"]));
    expect(await place.rows("SELECT DISTINCT kind FROM githubThread")).toEqual([{ kind: "pull" }]);
    expect(await place.rows("SELECT count(*) AS n FROM githubRepository WHERE isFork")).toEqual([{ n: 0 }]);
  });

  test("pull requests are read where issues are switched off", async () => {
    await using place = await github(0);
    const yard = place.world.addRepository("yard", { hasIssues: false, hasDiscussions: false });
    for (let count = 0; count < 12; count++) place.world.addThread("pull", yard, 60_000);
    await place.sync("full");
    expect(await place.differences()).toEqual([]);
    const [first] = place.world.threads;
    if (first === undefined) throw new Error("no pull request");
    first.title = "Renamed";
    first.updatedAt = place.world.tick();
    const from = place.fake.requests().length;
    expect(await place.sync("incremental")).toMatchObject({ updated: 1 });
    expect(await place.differences()).toEqual([]);
    expect(place.asked(from).filter(({ path }) => path.includes("/pulls?")).length).toBeLessThan(3);
  });
});

test("a pull request that changes while all are listed is not taken for deleted, where issues are switched off", async () => {
  await using place = await github(0);
  const yard = place.world.addRepository("yard", { hasIssues: false, hasDiscussions: false });
  for (let count = 0; count < 12; count++) place.world.addThread("pull", yard, 60_000);
  await place.sync("full");
  let pages = 0;
  place.fake.faults.onRequest?.(({ path }) => {
    const [quiet] = place.world.threads.toSorted((a, b) => a.updatedAt - b.updatedAt);
    if (!path.includes("/pulls?") || ++pages !== 2 || quiet === undefined) return;
    Object.assign(quiet, { title: "Ready for review", updatedAt: place.world.tick() });
  });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 0 });
  await place.sync("incremental");
  expect(await place.differences()).toEqual([]);
});

test("a question that is too much for GitHub is asked in halves", async () => {
  await using place = await github(0);
  const [repository] = place.world.repositories;
  if (repository === undefined) throw new Error("no repository");
  for (let count = 0; count < 5; count++) place.world.addThread("issue", repository);
  place.server.mostNodes = 2;
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await place.differences()).toEqual([]);
});

test("a wiki that the token may not read is told of, and the account stays connected", async () => {
  await using place = await github(12);
  place.server.wikisClosed = true;
  expect((await place.sync("full")).state).toBe("succeeded");
  const told = (await place.errors()).filter((error) => error.includes("may not read the wiki"));
  expect(told).toHaveLength(1);
  expect((await place.app.credentials.list("GitHub"))[0]?.status).toBe("connected");
});

test("the hourly limit parks a sync until it ends, and the sync then goes on", async () => {
  await using place = await github(20);
  place.server.hourly = place.server.counted + 9;
  expect((await place.sync("full")).state).toBe("parked");
  place.server.hourly = 5_000;
  place.clock.skip(3_700_000);
  expect((await place.sync("full")).state).toBe("succeeded");
  expect(await place.differences()).toEqual([]);
});
