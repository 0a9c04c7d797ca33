import { describe, expect, test } from "bun:test";
import { AuthError, InputError } from "@/core/models/errors";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { keepGallery } from "@test/gallery";
import { contentFingerprint } from "@test/invariants";
import { rewindRendering } from "@test/older-rendering";
import { adf, runbook } from "../../../test/fakes/jira/adf";
import { startJira } from "../../../test/fakes/jira/fake";
import { keyOf } from "../../../test/fakes/jira/world";
import { jiraIntegration } from "./integration";

async function jira(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock();
  const fake = await startJira({ seed: 7, items, clock });
  const place = await connectedApp(jiraIntegration, fake, { clock, connect: false });
  let asked = 0;
  return {
    ...place,
    fake,
    world: fake.world,
    connect: (changes: Record<string, unknown> = {}) =>
      place.app.credentials.save(jiraIntegration, { ...fake.credential, options, ...changes }),
    markdown: async (key: string) => (await place.served()).get(key)?.markdown,
    rows: () => place.app.db.raw.all('SELECT * FROM "jiraIssue" ORDER BY "issueId"'),
    /** Paths that were asked for since the last call, without their queries. */
    asked: () => {
      const from = asked;
      asked = fake.requests().length;
      const paths = fake
        .requests()
        .slice(from)
        .map(({ path }) => path.replace("/rest/api/3", ""));
      return paths.map((path) => path.replace(/\?.*/, ""));
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("connecting", () => {
  test("takes the address as people paste it, and reads the projects that were named", async () => {
    await using place = await jira({ projects: "harbour & gates" });
    const [dock, harbour] = [
      place.world.add({ projectId: "10000" }),
      place.world.add({ projectId: "10001" }),
    ];
    await place.connect({ baseUrl: "acme.atlassian.net/browse/DOCK-1", accessKey: " ana@acme.example " });
    expect(await place.app.credentials.list()).toMatchObject([
      { account: "acme", options: { projects: ["10001"], comments: true } },
    ]);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    const served = await place.served();
    expect([served.has(keyOf(dock)), served.has(keyOf(harbour))]).toEqual([false, true]);
  });

  test("refuses another host, an unknown token and an unknown project in words", async () => {
    await using place = await jira();
    const refusal = (changes: Record<string, unknown>) =>
      place.connect(changes).catch((error: unknown) => error);
    expect(await refusal({ baseUrl: "https://acme.atlassian.net.evil.example" })).toBeInstanceOf(InputError);
    expect(place.asked()).toEqual([]);
    place.fake.letVisitorsIn();
    const wrong = await refusal({ secretKey: "wrong" });
    expect(wrong).toBeInstanceOf(AuthError);
    expect(wrong).toMatchObject({ message: "Jira does not know this API token." });
    expect(await refusal({ options: { projects: "Dok works" } })).toMatchObject({
      message: expect.stringContaining("did you mean Dock works?"),
    });
    place.fake.cancel();
    expect(await refusal({})).toMatchObject({
      message: "There is no Jira at this address.",
      details: [{ field: "baseUrl" }],
    });
  });
});

describe("a sync", () => {
  test("calls issues by their new keys when their project got another one, which moves no time", async () => {
    await using place = await jira();
    const issue = place.world.add({ projectId: "10000", key: "DOCK-7" });
    await place.connect();
    await place.sync();
    place.world.renameProject("10000", "YARD");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
    expect((await place.served()).get(keyOf(issue))?.title).toBe(`YARD-7: ${issue.summary}`);
    const url = "https://acme.atlassian.net/browse/YARD-7";
    expect(await place.rows()).toMatchObject([{ key: "YARD-7", projectKey: "YARD", url }]);
  });

  test("asks for the list alone when nothing changed, and for what did in bulk, late comments included", async () => {
    await using place = await jira({}, 12);
    await place.connect();
    await place.sync();
    const calm = await contentFingerprint(place.app.db);
    place.asked();
    await place.sync("incremental");
    expect(await contentFingerprint(place.app.db)).toBe(calm);
    expect(new Set(place.asked())).toEqual(new Set(["/search/jql", "/myself"]));
    const issue = place.world.add();
    for (const number of [1, 2, 3, 4, 5, 6]) place.world.comment(issue, `Remark ${number}.`);
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1, updated: 0 });
    expect(place.asked().filter((path) => path === "/issue/bulkfetch")).toHaveLength(1);
    const text = (await place.markdown(keyOf(issue))) ?? "";
    expect(text.match(/Remark \d/g)?.join()).toBe("Remark 1,Remark 2,Remark 3,Remark 4,Remark 5,Remark 6");
  });

  test("takes out what is deleted or hidden at once, and keeps rows in step with what is served", async () => {
    await using place = await jira({}, 9);
    await place.connect();
    await place.sync();
    const gone = [place.world.delete(), place.world.hide()];
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 2 });
    const served = await place.served();
    expect(gone.filter((key) => served.has(key))).toEqual([]);
    const rows = await place.rows();
    expect(rows.map(({ issueId }) => `jira:${String(issueId)}`)).toEqual([...served.keys()].toSorted());
    const [issue] = place.world.visible();
    expect(rows.find(({ issueId }) => issueId === issue?.id)).toMatchObject({
      key: issue?.key,
      status: "In work",
      statusCategory: "In Progress",
      reporter: "Ana Silva",
      resolvedAt: null,
      updatedAt: new Date(issue?.updated ?? "").toISOString(),
      url: `https://acme.atlassian.net/browse/${issue?.key}`,
    });
  });

  test("removes nothing when the token expires and the site shows visitors an empty list", async () => {
    await using place = await jira({}, 6);
    await place.connect();
    await place.sync();
    const before = await place.served();
    place.fake.letVisitorsIn();
    place.fake.faults.refuseCredential?.();
    expect(await place.sync("incremental")).toMatchObject({
      state: "failed",
      deleted: 0,
      error: expect.stringContaining("does not know this API token"),
    });
    expect(await place.served()).toEqual(before);
  });

  test("names what cannot be read, goes on with the others, and asks for it again", async () => {
    await using place = await jira();
    const nested = (depth: number): object =>
      depth === 0 ? {} : { type: "panel", content: [nested(depth - 1)] };
    Object.assign(place.world.add(), { key: 7 });
    const [deep, large, good] = [
      place.world.add({ description: nested(300) }),
      place.world.add(),
      place.world.add({ comments: [] }),
    ];
    place.fake.withhold(large.id);
    await place.connect();
    expect(await place.sync()).toMatchObject({ failed: 3, inserted: 1, deleted: 0 });
    expect([...(await place.served()).keys()]).toEqual([keyOf(good)]);
    const tasks = await place.app.db.raw.all(`SELECT error FROM "syncTask" WHERE status = 'FAILED'`);
    const said = tasks.map(({ error }) => String(error)).join("\n");
    expect(said).toContain("nested too deep");
    expect(said).toContain("Jira could not give this issue");
    expect(said).toContain("a shape that is not known");
    place.fake.faults.heal();
    deep.description = null;
    place.world.comment(deep, "Flat now.");
    place.world.comment(large, "Small now.");
    expect(await place.sync("incremental")).toMatchObject({ inserted: 2 });
    expect(await place.markdown(keyOf(deep))).toContain("Flat now.");
    expect((await place.served()).size).toBe(3);
  });

  test("leaves comments out where they are not wanted", async () => {
    await using place = await jira({ comments: "no" });
    const issue = place.world.add();
    place.world.comment(issue, "Which gate?");
    await place.connect();
    await place.sync();
    expect(await place.markdown(keyOf(issue))).not.toContain("Comments");
    // Both ways, for issues that did not change meanwhile.
    await place.connect({ options: { comments: "yes" } });
    await place.sync("incremental");
    expect(await place.markdown(keyOf(issue))).toContain("Which gate?");
    await place.connect({ options: { comments: "no" } });
    await place.sync("incremental");
    expect(await place.markdown(keyOf(issue))).not.toContain("Which gate?");
  });

  test("goes on with the other chosen projects when one is deleted, and takes out what lay in it", async () => {
    await using place = await jira({ projects: "DOCK, HAR" });
    const [stays, goes] = [place.world.add({ projectId: "10000" }), place.world.add({ projectId: "10001" })];
    await place.connect();
    await place.sync();
    expect([...(await place.served()).keys()].toSorted()).toEqual([keyOf(stays), keyOf(goes)].toSorted());
    place.world.deleteProject("10001");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect([...(await place.served()).keys()]).toEqual([keyOf(stays)]);
    place.world.deleteProject("10000");
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect((await place.served()).size).toBe(0);
  });
});

test("an issue is in the documentation as it is rendered", async () => {
  await using place = await jira();
  const { world } = place;
  const other = { key: "DOCK-2", fields: { summary: "Order <steel>" } };
  const issue = world.add({
    key: "DOCK-12",
    projectId: "10000",
    summary: "The gate of dock 3 leaks",
    description: runbook,
    assignee: "Bo Lindqvist",
    extra: {
      parent: { key: "DOCK-9", fields: { summary: "Dry docks" } },
      duedate: "2026-02-01",
      components: [{ name: "Gates" }],
      fixVersions: [{ name: "Spring" }],
      environment: adf("Dock 3, in frost"),
      versions: [{ name: "Winter" }],
      attachment: [{ id: "1", filename: "gate.png", size: 340_000, mimeType: "image/png" }],
      issuelinks: [{ type: { inward: "is blocked by", outward: "blocks" }, inwardIssue: other }],
    },
  });
  world.comment(issue, "The steel came on Monday.");
  world.comment(issue, "The yard need not know what it cost.", { jsdPublic: false });
  const visibility = { type: "role", value: "Administrators", identifier: "10002" } as const;
  world.comment(issue, "The old gate was insured.", { visibility });
  await place.connect();
  await place.sync();
  const part = { title: "An issue", markdown: await place.markdown(keyOf(issue)) };
  const lasting = (text: string) =>
    text.replaceAll(/\*\*[\w ]+\*\* \d{4}-\d\d-\d\d(?=:| \()/g, "**Ana Silva** 2026-01-01");
  await keepGallery("jira", import.meta.path, [part], lasting);
});

test("a raised rendering mark renders all issues anew, asked for in bulk", async () => {
  await using place = await jira({}, 7);
  await place.connect();
  await place.sync();
  const before = await place.served();
  await place.sync("incremental");
  place.asked();
  await place.sync("incremental");
  const quiet = place.asked();
  await rewindRendering(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 7 });
  expect(await place.served()).toEqual(before);
  const more = place.asked().filter((path) => !quiet.includes(path));
  // One for each of the two pages, and one for each issue of which a bulk answer does not hold all comments.
  const bulk = more.filter((path) => !path.endsWith("/comment"));
  expect(bulk).toEqual(["/issue/bulkfetch", "/issue/bulkfetch"]);
  await place.sync("incremental");
  expect(place.asked()).toEqual(quiet);
});
