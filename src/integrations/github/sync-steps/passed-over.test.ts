/** Changes that move no time of the item they show in, or lie where a listing looks as it did before. */
import { expect, test } from "bun:test";
import { github } from "@test/github";
import { threadKey } from "../../../../test/fakes/github/expected";

const HOURS_MS = 2 * 3_600_000;

type Place = Awaited<ReturnType<typeof github>>;

/** The issue or pull request that changed last of all: each incremental sync lists it again. */
function newest({ world }: Place) {
  const repository = world.repositories[0];
  if (repository === undefined) throw new Error("There is no repository.");
  const issue = world.addThread("issue", repository);
  const said = { ...world.said(issue.updatedAt), replies: [] };
  issue.comments.push(said);
  return { issue, said, repository };
}

test("a comment is brought that was edited below an issue which is listed, but looks as it did", async () => {
  await using place = await github(6);
  const { said, repository } = newest(place);
  await place.sync("full");
  Object.assign(said, { body: "It was the winch after all.", updatedAt: place.world.tick() });
  place.world.addThread("issue", repository);
  place.clock.skip(HOURS_MS);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, inserted: 1 });
  expect(await place.differences()).toEqual([]);
});

test("a comment that was edited before a full sync is brought by it", async () => {
  await using place = await github(6);
  const { said } = newest(place);
  await place.sync("full");
  Object.assign(said, { body: "It was the winch after all.", updatedAt: place.world.tick() });
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", updated: 1 });
  expect(await place.differences()).toEqual([]);
});

test("a change is met behind a first page that stays as it is", async () => {
  await using place = await github(0);
  const { world } = place;
  const { repository } = newest(place);
  // Within the minute that is read again, and more than the fake gives on a page.
  const issues = Array.from({ length: 7 }, () => world.addThread("issue", repository, 1));
  await place.sync("full");
  await place.sync("incremental");
  const last = issues.at(-1);
  if (last === undefined) throw new Error("There is no issue.");
  Object.assign(last, { body: "Edited where nobody looks.", updatedAt: last.updatedAt + 1_000 });
  await place.sync("incremental");
  expect(await place.differences()).toEqual([]);
});

test("what a pull request closes is named as it is called now, and no longer once it is deleted", async () => {
  await using place = await github(0);
  const { world } = place;
  const { issue, repository } = newest(place);
  const pull = world.addThread("pull", repository);
  expect(pull.closes).toBe(issue.number);
  await place.sync("full");
  const text = async () => (await place.served()).get(threadKey(pull))?.markdown;
  expect(await text()).toContain(issue.title);
  place.clock.skip(HOURS_MS);
  Object.assign(issue, { title: "The ballast leaks", updatedAt: world.tick() });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2 });
  expect(await text()).toContain("The ballast leaks");
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 0 });
  world.remove(issue);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
  expect(await text()).not.toContain("The ballast leaks");
  expect(await place.rows("SELECT * FROM githubClosing")).toEqual([]);
});

test("what a pull request of another repository closes is named as it is called now as well", async () => {
  await using place = await github(0);
  const { world } = place;
  const { issue, repository } = newest(place);
  const other = world.repositories[1];
  if (other === undefined) throw new Error("There is one repository.");
  const pull = world.addThread("pull", other);
  Object.assign(pull, { closes: issue.number, closesIn: repository.id });
  await place.sync("full");
  const text = async () => (await place.served()).get(threadKey(pull))?.markdown;
  expect(await text()).toContain(issue.title);
  place.clock.skip(HOURS_MS);
  Object.assign(issue, { title: "The ballast leaks", updatedAt: world.tick() });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2 });
  expect(await text()).toContain("The ballast leaks");
  world.remove(issue);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
  expect(await text()).not.toContain("The ballast leaks");
});

test("issues that are switched off cost no request for each pull request that named one", async () => {
  await using place = await github(0);
  const { issue, repository } = newest(place);
  const pull = place.world.addThread("pull", repository);
  await place.sync("full");
  repository.hasIssues = false;
  place.world.remove(issue);
  const from = place.fake.requests().length;
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
  const asked = place.asked(from).map(({ path }) => path);
  expect(asked.filter((path) => path.endsWith(`/issues/${pull.number}`))).toEqual([]);
});
