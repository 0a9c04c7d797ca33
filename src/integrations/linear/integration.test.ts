import { expect, test } from "bun:test";
import { contentFingerprint } from "@test/invariants";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { rewindRendering } from "@test/older-rendering";
import { startLinear } from "../../../test/fakes/linear/fake";
import { keyOf } from "../../../test/fakes/linear/world";
import { linearIntegration } from "./integration";

async function linear(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock();
  const fake = await startLinear({ seed: 7, items, clock });
  const place = await connectedApp(linearIntegration, fake, { clock, connect: false });
  await place.app.credentials.save(linearIntegration, { ...fake.credential, options });
  return {
    ...place,
    fake,
    clock,
    world: fake.world,
    markdown: async (key: string) => (await place.served()).get(key)?.markdown,
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

test("a new comment and a new update are found, though their issue and project keep their time", async () => {
  await using place = await linear({}, 12);
  const { world } = place;
  await place.sync();
  const [issue] = world.ofKind("issue");
  const [project] = world.ofKind("project");
  if (issue === undefined || project === undefined) throw new Error("The world is too small.");
  const before = [issue.updatedAt, project.updatedAt];
  world.comment(issue, "The valve is stuck again.");
  world.update(project, "projectUpdates", { body: "Late by a week.", health: "atRisk" });
  expect([issue.updatedAt, project.updatedAt]).toEqual(before);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2, inserted: 0 });
  expect(await place.markdown(keyOf(issue))).toContain("The valve is stuck again.");
  expect(await place.markdown(keyOf(project))).toMatch(
    /^### \d{4}-\d\d-\d\d, [\w ]+, at risk\n\nLate by a week\.$/m,
  );
  const calm = await contentFingerprint(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ updated: 0, inserted: 0, deleted: 0 });
  expect(await contentFingerprint(place.app.db)).toBe(calm);
});

test("what is archived stays, what is in the bin goes at once, what is erased goes with a full sync", async () => {
  await using place = await linear();
  const { world } = place;
  const [archived, binned, erased] = [world.add("issue"), world.add("document"), world.add("initiative")];
  await place.sync();
  world.change(archived, { archivedAt: "2026-03-01T00:00:00.000Z" });
  world.change(binned, { trashed: true });
  world.things.delete(erased.id);
  await place.sync("incremental");
  expect([...(await place.served()).keys()].sort()).toEqual([keyOf(erased), keyOf(archived)].sort());
  expect(await place.markdown(keyOf(archived))).toContain("- Archived: 2026-03-01");
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", deleted: 1 });
  const sql = `SELECT (SELECT count(*) FROM "linearInitiative") AS i, (SELECT count(*) FROM "linearDocument") AS d, (SELECT "archived" FROM "linearIssue") AS a`;
  expect((await place.app.sql.query(sql)).rows).toEqual([[0, 0, 1]]);
});

test("an issue with hundreds of comments is asked for by itself, and read as a conversation", async () => {
  await using place = await linear();
  const { world } = place;
  const issue = world.add("issue");
  const first = world.comment(issue, "Which pump?");
  for (let index = 0; index < 204; index++) world.comment(issue, `Reading ${index}.`);
  world.comment(issue, "The old one.", {
    parentId: first["id"],
    user: null,
    externalUser: { name: "Dee (Slack)" },
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const text = (await place.markdown(keyOf(issue))) ?? "";
  expect(text).toMatch(
    /Which pump\?\n\n\*\*Dee \(Slack\)\*\* answers \([\d: -]+ UTC\):\n\nThe old one\.\n\n.*\n\nReading 0\.\n\n/,
  );
  expect(text.match(/^Reading \d+\.$/gm)?.length).toBe(204);
  expect(place.fake.requests().length).toBe(1 + 4 + 3);
  // An old comment's change shows, though it is far from the newest.
  Object.assign(first, { body: "Which of the pumps?", updatedAt: new Date(place.clock.now()).toISOString() });
  expect(await place.sync("incremental")).toMatchObject({ updated: 1 });
});

test("an issue that vanishes before it is read is gone, and no failure", async () => {
  await using place = await linear();
  const issue = place.world.add("issue");
  for (let index = 0; index < 9; index++) place.world.comment(issue, "x");
  place.fake.faults.onRequest?.(() => {
    if (place.fake.requests().length === 2) place.world.things.delete(issue.id);
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  expect((await place.served()).size).toBe(0);
});

test("an issue that is moved out of the chosen teams goes at once, and comes back with its team", async () => {
  await using place = await linear({ teams: "design" });
  const { world } = place;
  const [eng, des] = world.teams;
  const [moved, stays] = [world.add("issue", { team: des }), world.add("issue", { team: des })];
  world.add("issue", { team: eng });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
  world.change(moved, { team: eng, identifier: "ENG-90" });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 0, deleted: 1 });
  expect([...(await place.served()).keys()]).toEqual([keyOf(stays)]);
  world.change(moved, { team: des });
  expect(await place.sync("incremental")).toMatchObject({ inserted: 1, deleted: 0 });
});

test("a chosen team that gets another key and name stays chosen", async () => {
  await using place = await linear({ teams: "design" });
  const { world } = place;
  const [, des] = world.teams;
  if (des === undefined) throw new Error("The world has one team.");
  const issue = world.add("issue", { team: des });
  expect(await place.sync()).toMatchObject({ inserted: 1 });
  Object.assign(des, { key: "LOOK", name: "Looks" });
  world.change(issue, { identifier: "LOOK-1" });
  for (const mode of ["incremental", "full"] as const)
    expect(await place.sync(mode)).toMatchObject({ state: "succeeded", deleted: 0 });
  expect([...(await place.served()).keys()]).toEqual([keyOf(issue)]);
});

test("only the chosen teams and days are read", async () => {
  await using place = await linear({ teams: "design", since: "2026-02-01" });
  const { world } = place;
  const [eng, des] = world.teams;
  const wanted = world.add("issue", { team: des, identifier: "DES-1" });
  world.add("issue", { team: eng });
  world.add("issue", { team: des, updatedAt: "2026-01-31T23:59:59.000Z" });
  world.add("document", { team: eng });
  const inside = world.add("document", { team: null, issue: wanted });
  world.add("project", { accessibleTeams: [eng] });
  expect(await place.sync()).toMatchObject({ state: "succeeded" });
  expect([...(await place.served()).keys()].sort()).toEqual([keyOf(inside), keyOf(wanted)].sort());
});

test("a wrong team or key is refused in words, before anything is stored", async () => {
  await using place = await linear();
  const save = (change: Record<string, unknown>) =>
    place.app.credentials.save(linearIntegration, { ...place.fake.credential, account: "other", ...change });
  const refusals = [
    [
      { options: { teams: "desing" } },
      "'desing' is not among the teams of this Linear account: it takes names of teams; did you mean DES or Design?",
    ],
    [{ options: { teams: "Sales" } }, "there are ENG, DES"],
    [{ apiKey: "two words" }, "begins with lin_api_"],
    [{ apiKey: "lin_api_of_somebody_else" }, "Linear does not accept this key. Make one at linear.app"],
    [{ options: { since: "soon" } }, "“Only changed since” takes a day such as 2025-01-31"],
  ] as const;
  for (const [change, words] of refusals) {
    const error: unknown = await save(change).catch((thrown: unknown) => thrown);
    expect(error instanceof Error && "explanation" in error ? error.explanation : error).toContain(words);
  }
  expect(await place.app.credentials.list("Linear")).toMatchObject([{ account: "Harbour Works" }]);
});

test("a used up budget parks the sync until Linear says that it is full again", async () => {
  await using place = await linear({}, 9);
  place.fake.budget.points = 20_000;
  const run = await place.sync();
  expect(run.state).toBe("parked");
  const wait = Date.parse(run.parkedUntil ?? "") - place.clock.now();
  expect(wait).toBeGreaterThan(50 * 60_000);
  place.fake.budget.points = Number.POSITIVE_INFINITY;
  expect(place.fake.dearest()).toBeLessThan(10_000);
});

test("an application is connected by consent, and its token renewed when Linear no longer takes it", async () => {
  const clock = fastClock();
  await using fake = await startLinear({ seed: 3, items: 6, clock });
  let asked = new URLSearchParams();
  const source = {
    ...fake,
    consent: async (url: string) => {
      asked = new URL(url).searchParams;
      return fake.oauth.consent(url);
    },
  };
  await using place = await connectedApp(linearIntegration, source, { clock, byConsent: true });
  expect([asked.get("scope"), asked.get("prompt"), asked.get("code_challenge_method")]).toEqual([
    "read",
    "consent",
    "S256",
  ]);
  expect(await place.app.credentials.list("Linear")).toMatchObject([{ account: "Harbour Works" }]);
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  fake.oauth.expire();
  expect(await place.sync()).toMatchObject({ state: "succeeded" });
  expect(fake.oauth.refreshes).toBe(1);
  fake.oauth.revoke();
  expect(await place.sync()).toMatchObject({ state: "failed", deleted: 0 });
  expect(await place.app.credentials.list("Linear")).toMatchObject([{ status: "needs_reconnect" }]);
});

test("teams that were chosen with a consent are found as people write them", async () => {
  const clock = fastClock();
  await using fake = await startLinear({ seed: 3, items: 0, clock });
  const [, des] = fake.world.teams;
  const issue = fake.world.add("issue", { team: des });
  const source = { ...fake, credential: { ...fake.credential, options: { teams: "design" } } };
  await using place = await connectedApp(linearIntegration, source, { clock, byConsent: true });
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
  expect([...(await place.served()).keys()]).toEqual([keyOf(issue)]);
});

test("an old comment that is deleted goes with the next full sync, however many were written since", async () => {
  await using place = await linear();
  const { world } = place;
  const [some, many] = [world.add("issue"), world.add("document")];
  for (let index = 0; index < 9; index++) world.comment(some, `Remark ${index}.`);
  for (let index = 0; index < 40; index++) world.comment(many, `Remark ${index}.`);
  await place.sync();
  for (const { comments } of [some, many]) comments.splice(1, 1);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", updated: 2 });
  for (const thing of [some, many]) {
    const text = await place.markdown(keyOf(thing));
    expect([text?.includes("Remark 0."), text?.includes("Remark 1.")]).toEqual([true, false]);
  }
  const calm = await contentFingerprint(place.app.db);
  for (const mode of ["full", "incremental", "full"] as const)
    expect(await place.sync(mode)).toMatchObject({ updated: 0, inserted: 0, deleted: 0 });
  expect(await contentFingerprint(place.app.db)).toBe(calm);
});

test("an issue's row has all its labels", async () => {
  await using place = await linear();
  const labels = Array.from({ length: 9 }, (_, index) => ({ id: `label-${index}`, name: `Label ${index}` }));
  place.world.add("issue", { labels });
  await place.sync();
  const [row] = await place.app.db.raw.all('SELECT json_array_length("labels") AS n FROM "linearIssue"');
  expect(row).toEqual({ n: 9 });
});

test("a sub-issue shows with the state that it has now, however many there are", async () => {
  await using place = await linear();
  const { world } = place;
  const [, underway, done] = world.states;
  const children = Array.from({ length: 6 }, () => world.add("issue", { state: underway }));
  const parent = world.add("issue", { children });
  await place.sync();
  const [oldest] = children;
  if (oldest === undefined) throw new Error("There are no sub-issues.");
  world.change(oldest, { state: done });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2 });
  expect(await place.markdown(keyOf(parent))).toMatch(
    new RegExp(`${String(oldest["identifier"])}.*\\(Done\\)`),
  );
});

test("a raised rendering mark renders all items anew from the next full listing", async () => {
  await using place = await linear({}, 8);
  await place.sync();
  const before = await place.served();
  const asked = () => place.fake.requests().length;
  const [first, calm] = [asked(), (await place.sync(), asked())];
  await rewindRendering(place.app.db);
  expect(await place.sync()).toMatchObject({ state: "succeeded", updated: 8 });
  expect(asked() - calm).toBe(calm - first);
  expect(await place.served()).toEqual(before);
});
