import { describe, expect, test } from "bun:test";
import { AuthError, InputError } from "@/core/models/errors";
import { contentFingerprint } from "@test/invariants";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { rewindRendering } from "@test/older-rendering";
import { startConfluence } from "../../../test/fakes/confluence/fake";
import { keyOf } from "../../../test/fakes/confluence/world";
import { confluenceIntegration } from "./integration";

async function confluence(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock();
  const fake = await startConfluence({ seed: 7, items, clock });
  let asked = 0;
  const place = await connectedApp(confluenceIntegration, fake, { clock, connect: false });
  const connect = (changes: Record<string, unknown> = {}) =>
    place.app.credentials.save(confluenceIntegration, { ...fake.credential, options, ...changes });
  return {
    ...place,
    fake,
    world: fake.world,
    connect,
    rows: () => place.app.db.raw.all('SELECT * FROM "confluencePage" ORDER BY "title"'),
    markdown: async (key: string) => (await place.served()).get(key)?.markdown,
    /** Paths that were asked for since the last call. */
    asked: () => {
      const from = asked;
      asked = fake.requests().length;
      return fake
        .requests()
        .slice(from)
        .map(({ path }) => path.replace(/^\/wiki\/(?:api\/v2|rest\/api)/, ""));
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("connecting", () => {
  test("proves the token, names the account after the site, and keeps what people paste along out of the address", async () => {
    await using place = await confluence({ spaces: "handbook, ENG" });
    await place.connect({ baseUrl: "acme.atlassian.net/wiki/spaces/ENG", accessKey: " ana@acme.example " });
    const [account] = await place.app.credentials.list();
    expect(account).toMatchObject({ account: "acme", integration: "Confluence" });
    expect(JSON.stringify(account)).not.toContain(place.fake.secrets[0] ?? "none");
    await place.sync();
    expect(place.asked().filter((path) => path.startsWith("/pages?"))).toEqual([
      "/pages?status=current&sort=id&limit=250&space-id=98306&space-id=98305",
    ]);
  });

  test("refuses another host, a wrong token, a visitor and an unknown space in words", async () => {
    await using place = await confluence();
    const refusal = (changes: Record<string, unknown>) =>
      place.connect(changes).catch((error: unknown) => error);
    const elsewhere = await refusal({ baseUrl: "https://acme.atlassian.net.evil.example" });
    expect(elsewhere).toBeInstanceOf(InputError);
    expect(place.asked()).toEqual([]);
    const wrong = await refusal({ secretKey: "wrong" });
    expect(wrong).toBeInstanceOf(AuthError);
    expect(wrong).toMatchObject({ message: "Confluence does not know this API token." });
    const space = await refusal({ options: { spaces: "Handbok" } });
    expect(space).toMatchObject({
      message:
        "'Handbok' is not among the spaces of this Confluence account: it takes names of spaces; did you mean Handbook?",
    });
    place.fake.letVisitorsIn();
    expect(await refusal({ secretKey: "wrong" })).toMatchObject({
      message: "Confluence does not know this API token.",
    });
    place.fake.cancel();
    expect(await refusal({})).toMatchObject({
      message: "There is no Confluence at this address.",
      details: [{ field: "baseUrl" }],
    });
  });
});

describe("a sync", () => {
  test("shows each page below the space, folders and pages that hold it, and follows a rename above it", async () => {
    await using place = await confluence();
    const { world } = place;
    const top = world.add({ title: "Docks", parentId: "5001", parentType: "folder" });
    const page = world.add({ title: "Dock 3", parentId: top.id, parentType: "page" });
    await place.connect();
    await place.sync();
    expect(await place.markdown(keyOf(page))).toContain("- In: Engineering / North shore / Docks / Docks\n");
    world.rename(top);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2, inserted: 0 });
    expect(await place.markdown(keyOf(page))).toContain(`/ Docks / ${top.title}\n`);
    const [row] = (await place.rows()).filter(({ pageId }) => pageId === page.id);
    expect(row).toMatchObject({
      space: "Engineering",
      spaceKey: "ENG",
      kind: "page",
      parentId: top.id,
      version: 1,
    });
    expect(JSON.parse(String(row?.["path"]))).toEqual(["Engineering", "North shore", "Docks", top.title]);
  });

  test("shows pages below whiteboards, databases and smart links, and below what nobody knows", async () => {
    await using place = await confluence();
    const { world } = place;
    const hold = (id: string, type: string, title: string) =>
      world.folders.set(id, { id, type, title, parentId: "5001", parentType: "folder" });
    hold("6001", "whiteboard", "Sketches");
    hold("6002", "database", "Pumps");
    hold("6003", "embed", "Tide tables");
    const below = (parentId: string, parentType: string) => world.add({ parentId, parentType });
    const pages = [
      below("6001", "whiteboard"),
      below("6002", "database"),
      below("6003", "embed"),
      below("6004", "hologram"),
    ];
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 4 });
    const above = "- In: Engineering / North shore / Docks";
    const paths = [`${above} / Sketches`, `${above} / Pumps`, `${above} / Tide tables`, "- In: Engineering"];
    for (const [index, page] of pages.entries())
      expect(await place.markdown(keyOf(page))).toContain(`${paths[index]}\n`);
  });

  test("takes out what lies in a space that is archived, unless the space is chosen", async () => {
    await using place = await confluence({}, 6);
    const { world } = place;
    const page = world.add({ spaceId: "98306", parentId: null, parentType: null });
    await place.connect();
    await place.sync();
    for (const space of world.spaces) if (space.id === "98306") space.status = "archived";
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
    expect(differences(await place.served(), place.fake)).toEqual([]);
    await using chosen = await confluence({ spaces: "HB" });
    for (const space of chosen.world.spaces) space.status = "archived";
    chosen.world.add({ spaceId: "98306", parentId: null, parentType: null });
    await chosen.connect();
    await chosen.sync();
    expect((await chosen.served()).size).toBe(1);
    expect(await place.markdown(keyOf(page))).toBeUndefined();
  });

  test("takes a page that is given without its text for one that failed, and not for deleted", async () => {
    await using place = await confluence();
    const { world } = place;
    const page = world.add({ storage: "<p>Valve 7.</p>" });
    await place.connect();
    await place.sync();
    page.isTextless = true;
    world.rename(page);
    expect(await place.sync("incremental")).toMatchObject({ deleted: 0, failed: 1 });
    expect(await place.markdown(keyOf(page))).toContain("Valve 7.");
    page.isTextless = false;
    world.rename(page);
    expect(await place.sync("incremental")).toMatchObject({ updated: 1, failed: 0 });
    expect(await place.markdown(keyOf(page))).toContain("# Renamed");
  });

  test("asks for nothing but lists when nothing changed, and for the texts of what did", async () => {
    await using place = await confluence({}, 12);
    await place.connect();
    await place.sync();
    const calm = await contentFingerprint(place.app.db);
    place.asked();
    await place.sync("incremental");
    expect(await contentFingerprint(place.app.db)).toBe(calm);
    expect(place.asked().filter((path) => path.includes("&id=") || path.includes("?id="))).toEqual([]);
    const page = place.world.add({ title: "New" });
    place.world.comment(page, "inline-comments", "Which gate?");
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1, updated: 0 });
    expect(place.asked().filter((path) => path.includes("&id="))).toHaveLength(1);
    expect(await place.markdown(keyOf(page))).toMatch(
      /## Comments\n\n\*\*[\w ]+\*\* \d{4}-\d\d-\d\d, at “the gate”: Which gate\?$/,
    );
  });

  test("takes out what is deleted or restricted at once, whatever the mode", async () => {
    await using place = await confluence({}, 12);
    await place.connect();
    await place.sync();
    const gone = [place.world.delete(), place.world.hide()];
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 2 });
    const served = await place.served();
    expect(gone.filter((key) => served.has(key))).toEqual([]);
    expect(await place.rows()).toHaveLength(served.size);
  });

  test("removes nothing when the token expires and the site shows visitors an empty list", async () => {
    await using place = await confluence({}, 8);
    await place.connect();
    await place.sync();
    const before = await place.served();
    place.fake.letVisitorsIn();
    place.fake.faults.refuseCredential?.();
    expect(await place.sync()).toMatchObject({
      state: "failed",
      deleted: 0,
      error: expect.stringContaining("does not know this API token"),
    });
    expect(await place.served()).toEqual(before);
    place.fake.faults.heal();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 0, updated: 0 });
  });

  test("tells comments by threads, what they stand at, and what is settled, and follows when it is", async () => {
    await using place = await confluence();
    const { world } = place;
    const page = world.add({ storage: "<p>Open the gate.</p>" });
    const [asked, other] = [
      world.comment(page, "inline-comments", "Which gate?"),
      world.comment(page, "footer-comments", "Well written."),
    ];
    const answer = world.comment(page, "inline-comments", "The north one.");
    Object.assign(answer, { parentCommentId: asked.id });
    for (const [comment, person] of [asked, other, answer].map((one, index) => [one, index] as const))
      comment.version = {
        ...comment.version,
        authorId: `712020:person-${person}`,
        createdAt: `2026-01-0${person + 1}T09:00:00.000Z`,
      };
    await place.connect();
    await place.sync();
    const told = (mark: string) =>
      [
        `**Ana Silva** 2026-01-01, at “the gate”${mark}: Which gate?`,
        "**Cem Aydin** 2026-01-03, to Ana Silva: The north one.",
        "**Bo Lindqvist** 2026-01-02: Well written.",
      ].join("\n\n");
    expect(await place.markdown(keyOf(page))).toEndWith(`## Comments\n\n${told("")}`);
    asked.resolutionStatus = "resolved";
    expect(await place.sync("incremental")).toMatchObject({ updated: 1 });
    expect(await place.markdown(keyOf(page))).toEndWith(told(", resolved"));
    asked.resolutionStatus = "dangling";
    await place.sync("incremental");
    expect(await place.markdown(keyOf(page))).toEndWith(told(" (not there any more)"));
  });

  test("leaves comments out where they are not wanted", async () => {
    await using place = await confluence({ comments: "no" });
    const page = place.world.add();
    place.world.comment(page, "footer-comments", "Which gate?");
    await place.connect();
    await place.sync();
    expect(await place.markdown(keyOf(page))).not.toContain("Comments");
    expect(place.asked().filter((path) => path.includes("comments"))).toEqual([]);
  });

  test("links pages that name each other by title, across spaces and kinds", async () => {
    await using place = await confluence();
    const { world } = place;
    const link = (title: string, space = "") =>
      `<p><ac:link><ri:page ri:content-title="${title}"${space} /></ac:link></p>`;
    const there = world.add({ title: "Tide & table", spaceId: "98306", storage: "<p>x</p>" });
    const page = world.add({
      storage:
        link("Here &amp; now") + link("Tide &amp; table", ` ri:space-key="HB"`) + link("Tide &amp; table"),
      title: "Here & now",
    });
    await place.connect();
    await place.sync();
    const text = await place.markdown(keyOf(page));
    expect(text).toContain(`[Here & now](https://acme.atlassian.net/wiki/spaces/ENG/pages/${page.id})`);
    expect(text).toContain(
      `[Tide & table](https://acme.atlassian.net/wiki/spaces/HB/pages/${there.id})\n\nTide & table`,
    );
  });

  test("links posts from pages as well, and tells a page from a post of the same title", async () => {
    await using place = await confluence();
    const { world } = place;
    const link = (kind: string, title: string) =>
      `<p><ac:link><ri:${kind} ri:content-title="${title}" /></ac:link></p>`;
    const both = link("blog-post", "Dock 3") + link("page", "Dock 3");
    const page = world.add({ title: "Dock 3", storage: both });
    const post = world.add({
      kind: "blogposts",
      title: "Dock 3",
      storage: both,
      parentId: null,
      parentType: null,
    });
    await place.connect();
    await place.sync();
    const wiki = "https://acme.atlassian.net/wiki/spaces/ENG";
    const told = `[Dock 3](${wiki}/blog/${post.id})\n\n[Dock 3](${wiki}/pages/${page.id})`;
    expect(await place.markdown(keyOf(page))).toEndWith(told);
    expect(await place.markdown(keyOf(post))).toEndWith(told);
    expect(
      place.asked().filter((path) => path.startsWith("/blogposts?") && !path.includes("id=")),
    ).toHaveLength(2);
  });

  test("goes on with the others when one page cannot be read", async () => {
    await using place = await confluence();
    const deep = "<ac:layout>".repeat(3_000);
    const [bad, good] = [place.world.add({ storage: deep, title: "Deep" }), place.world.add()];
    await place.connect();
    expect(await place.sync()).toMatchObject({ failed: 1, inserted: 1 });
    expect([...(await place.served()).keys()]).toEqual([keyOf(good)]);
    const [task] = await place.app.db.raw.all(`SELECT error FROM "syncTask" WHERE status = 'FAILED'`);
    expect(String(task?.["error"])).toContain("nested too deep");
    bad.storage = "<p>Flat now.</p>";
    place.world.rename(bad);
    await place.sync("incremental");
    expect(await place.markdown(keyOf(bad))).toContain("Flat now.");
  });
});

test("a raised rendering mark renders all pages anew, whose texts are asked for in fifties", async () => {
  await using place = await confluence({}, 7);
  await place.connect();
  await place.sync();
  const before = await place.served();
  place.asked();
  await place.sync("incremental");
  const quiet = place.asked();
  await rewindRendering(place.app.db);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: before.size });
  expect(await place.served()).toEqual(before);
  const more = place.asked().filter((path) => !quiet.includes(path));
  expect(more.map((path) => path.replace(/\?.*/, ""))).toEqual(["/pages", "/users-bulk"]);
  await place.sync("incremental");
  expect(place.asked()).toEqual(quiet);
});
