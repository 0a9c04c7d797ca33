import { expect, test } from "bun:test";
import { docxOf, pdfOf, wordParagraph } from "@/core/services/readers/fixtures";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { startDrive } from "../../../test/fakes/google-drive/fake";
import { GOOGLE_CLIENT } from "../../../test/fakes/google-consent";
import { type FakeFile, keyOf, ROOT } from "../../../test/fakes/google-drive/world";
import { googleDriveIntegration } from "./integration";

const OFFICE = "application/vnd.openxmlformats-officedocument.";
const DRIVE = "drive-0000000001";

/** A connected Drive; `options` as a person fills them into the form. */
async function drive(options: Record<string, string> = {}) {
  const clock = fastClock();
  const fake = await startDrive({ seed: 7, items: 0, clock });
  const place = await connectedApp(googleDriveIntegration, fake, { clock, connect: false });
  const { app } = place;
  const connect = async () => {
    const started = await app.oauth.start(googleDriveIntegration, {
      accessKey: GOOGLE_CLIENT.id,
      secretKey: GOOGLE_CLIENT.secret,
      options,
    });
    const ticket = new URL(started.connectUrl).searchParams.get("ticket") ?? "";
    const departure = await app.oauth.depart(googleDriveIntegration, ticket);
    const back = new URL((await fake.consent?.(departure?.authorizeUrl ?? "")) ?? "").searchParams;
    const answer = {
      state: back.get("state") ?? "",
      code: back.get("code") ?? "",
      error: undefined,
      errorDescription: undefined,
    };
    expect(await app.oauth.finish(googleDriveIntegration, answer, () => departure?.binding)).toMatchObject({
      state: "succeeded",
    });
  };
  await connect();
  return {
    ...place,
    fake,
    world: fake.world,
    keys: async () => [...(await place.served()).keys()].sort(),
    markdown: async (file: FakeFile) => (await place.served()).get(keyOf(file))?.markdown ?? "",
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const keysOf = (...files: FakeFile[]) => files.map(keyOf).sort();

test("files of My Drive, of others and of shared drives say where they lie", async () => {
  await using place = await drive();
  const { world } = place;
  const plans = world.folder("Plans");
  const mine = world.add({ parents: [world.folder("2026", plans.id).id], description: "For *all*" });
  const others = world.add({ parents: [], ownedByMe: false });
  const shared = world.add({
    parents: [world.folder("Docks", DRIVE, { driveId: DRIVE }).id],
    driveId: DRIVE,
    owners: [],
  });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await place.markdown(mine)).toStartWith(
    `# ${mine.name}\n\n- In: My Drive / Plans / 2026\n- Owner: Ana Silva\n- Last edited by: Bo Lindqvist\n- Description: For \\*all\\*\n\n`,
  );
  expect(await place.markdown(others)).toContain("- In: Shared with me\n");
  expect(await place.markdown(shared)).toContain("- In: Harbour / Docks\n");
  expect(await place.app.credentials.list("Google Drive")).toMatchObject([
    { account: "ana@harbour.example" },
  ]);
});

test("a shortcut brings a file along that no listing has, once; a shortcut to nowhere brings nothing", async () => {
  await using place = await drive();
  const { world } = place;
  const linked = world.add({ unlisted: true, ownedByMe: false, parents: [] });
  const listed = world.add();
  const lost = world.add();
  for (const target of [linked, linked, listed, lost, world.folder("Inside")]) world.shortcut(target);
  world.files.delete(lost.id);
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  expect(await place.keys()).toEqual(keysOf(linked, listed));
  // A second full sync meets it again, and takes it for there.
  expect(await place.sync()).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
  world.change(linked, { content: "Now it says more." });
  await place.sync("incremental");
  expect(await place.markdown(linked)).toContain("Now it says more.");
});

test("only what lies below the chosen folders is read, and leaves when it is moved out", async () => {
  await using place = await drive({
    folders: "https://drive.google.com/drive/folders/file-000000000001?usp=sharing",
  });
  const { world } = place;
  const chosen = world.folder("Chosen");
  expect(chosen.id).toBe("file-000000000001");
  const inside = world.add({ parents: [world.folder("Below", chosen.id).id] });
  const outside = world.add();
  const target = world.add();
  world.shortcut(target, chosen.id);
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(inside, target));
  world.change(inside, { parents: [ROOT] });
  world.change(outside, { parents: [chosen.id] });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 1 });
  expect(await place.keys()).toEqual(keysOf(outside, target));
});

test("a folder in the bin and a lost drive take along what they hold, at the next sync of either kind", async () => {
  await using place = await drive();
  const { world } = place;
  const top = world.folder("Top");
  const deep = world.add({ parents: [world.folder("Deep", top.id).id] });
  const removed = world.folder("Removed");
  const within = world.add({ parents: [removed.id] });
  const shared = world.add({ parents: [DRIVE], driveId: DRIVE });
  const stays = world.add();
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(deep, within, shared, stays));
  world.change(top, { trashed: true });
  world.remove(removed);
  world.loseDrive(DRIVE);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 3 });
  expect(await place.keys()).toEqual(keysOf(stays));
  const names = await place.app.sql.query(`SELECT "name" FROM "driveFile"`);
  expect(names.rows.flat()).toEqual([stays.name]);
});

test("a renamed or moved folder gives its files a new path at the next incremental sync, however deep they lie", async () => {
  await using place = await drive();
  const { world } = place;
  const top = world.folder("Top");
  const other = world.folder("Other");
  const deep = world.add({ parents: [world.folder("Deep", top.id).id] });
  const beside = world.add({ parents: [other.id] });
  await place.sync();
  world.change(top, { name: "Harbour works" });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, inserted: 0 });
  expect(await place.markdown(deep)).toContain("- In: My Drive / Harbour works / Deep\n");
  world.change(top, { parents: [other.id] });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 0 });
  expect(await place.markdown(deep)).toContain("- In: My Drive / Other / Harbour works / Deep\n");
  expect(await place.markdown(beside)).toContain("- In: My Drive / Other\n");
  // A folder whose time changed, and nothing else, costs one question about changes, and one of each shared drive.
  const before = place.fake.requests().length;
  world.change(top, {});
  expect(await place.sync("incremental")).toMatchObject({ updated: 0, unchanged: 0 });
  expect(place.fake.requests().length - before).toBe(2);
});

test("a folder that is moved out of the chosen ones, or into them, takes its files along at once", async () => {
  await using place = await drive({ folders: "https://drive.google.com/drive/folders/file-000000000001" });
  const { world } = place;
  const chosen = world.folder("Chosen");
  const inside = world.folder("Inside", chosen.id);
  const outside = world.folder("Outside");
  const [leaves, comes] = [world.add({ parents: [inside.id] }), world.add({ parents: [outside.id] })];
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(leaves));
  world.change(inside, { parents: [ROOT] });
  world.change(outside, { parents: [chosen.id] });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 1 });
  expect(await place.keys()).toEqual(keysOf(comes));
});

test("a file that is shared again right after it was not stays", async () => {
  await using place = await drive();
  const { world } = place;
  const file = world.add();
  await place.sync();
  world.remove(file);
  world.putBack(file);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
  expect(await place.keys()).toEqual(keysOf(file));
});

test("where changes are forgotten, everything is listed at once, and the next sync looks for deletions", async () => {
  await using place = await drive();
  const { world, fake } = place;
  const [kept, gone] = [world.add(), world.add()];
  await place.sync();
  world.remove(gone);
  const fresh = world.add();
  fake.faults.expireCursors?.();
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 0 });
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", mode: "full", deleted: 1 });
  expect(await place.keys()).toEqual(keysOf(kept, fresh));
});

test("Docs come as markdown without their pictures, Sheets and Slides whole, other files by what they are", async () => {
  await using place = await drive();
  const { world } = place;
  const doc = world.add({
    content:
      "\uFEFF# **Gate** {#gate}\n\n![][image1]\n\n![][image2] Text <b>x</b>\n\n| a | b |\n| :---- | :---- |\n| 1 | 2 |\n\n[image1]: <data:image/png;base64,iVBORw0KGgo=>\n",
    reads: "## **Gate**\n\n Text \\<b>x\\</b>\n\n| a | b |",
  });
  world.sheet();
  world.slides();
  world.add({
    name: "Scan",
    mimeType: "application/pdf",
    content: pdfOf([[[12, 700, "The tide table"]]]),
    reads: "The tide table",
  });
  world.add({
    name: "Offer",
    mimeType: `${OFFICE}wordprocessingml.document`,
    content: docxOf(wordParagraph("Steel for the gate.")),
    reads: "Steel for the gate.",
  });
  world.add({
    name: "notes.md",
    mimeType: "application/octet-stream",
    content: "# Log\n\nDry.",
    reads: "## Log\n\nDry.",
  });
  world.add({ name: "empty.txt", mimeType: "text/plain", content: "", size: "0", reads: "" });
  world.add({ name: "film.mp4", mimeType: "video/mp4", reads: undefined });
  world.add({
    name: "locked.pdf",
    mimeType: "application/pdf",
    reads: undefined,
    capabilities: { canDownload: false },
  });
  world.add({ name: "large.pdf", mimeType: "application/pdf", reads: undefined, size: "30000000" });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0, skipped: 3 });
  for (const [key, { title, needles }] of world.snapshot()) {
    const served = (await place.served()).get(key);
    expect([served?.title, needles.every((needle) => served?.markdown.includes(needle))]).toEqual([
      title,
      true,
    ]);
  }
  expect(await place.markdown(doc)).not.toContain("image");
  const asked = place.fake.requests().map(({ path }) => path);
  expect(asked.filter((path) => /mp4|locked|large/.test(path))).toEqual([]);
});

test("a document that is too large to export is read as text, or fails in words and is tried again", async () => {
  await using place = await drive();
  const { world } = place;
  const large = "x".repeat(10 * 1024 * 1024 + 1);
  const pictures = world.add({ content: large, plain: "# One\nTwo", reads: undefined });
  const monster = world.add({ name: "Monster", content: large });
  expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 1 });
  expect(await place.markdown(pictures)).toEndWith("\n\n\\# One\n\nTwo");
  const [task] = await place.app.db.raw.all("SELECT error FROM syncTask WHERE status = 'FAILED'");
  expect(task?.["error"]).toContain("'Monster.md' is larger than the 10 MB that Google exports. Split it");
  Object.assign(monster, { content: "Tamed." });
  await place.app.db.raw.run("UPDATE syncItem SET nextAttemptAt = NULL");
  expect(await place.sync("incremental")).toMatchObject({ failed: 0, inserted: 1 });
  expect(await place.markdown(monster)).toEndWith("Tamed.");
});

test("a token is renewed without a new refresh token, and an ended permission asks for a reconnect", async () => {
  await using place = await drive();
  const { fake, world } = place;
  world.add();
  await place.sync();
  for (let round = 0; round < 2; round++) {
    fake.faults.expireToken?.();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
  }
  expect(fake.grants).toEqual(["authorization_code", "refresh_token", "refresh_token"]);
  fake.faults.refuseCredential?.();
  expect(await place.sync()).toMatchObject({ state: "failed", deleted: 0 });
  expect(await place.app.credentials.list("Google Drive")).toMatchObject([{ status: "needs_reconnect" }]);
});

test("files that were fetched too often of late stay as they were, and the account stays connected", async () => {
  await using place = await drive();
  const { world } = place;
  const files = Array.from({ length: 6 }, (_, index) =>
    world.add({ name: `${index}.txt`, mimeType: "text/plain", content: "The gate is shut." }),
  );
  await place.sync();
  for (const file of files) {
    world.change(file, { content: "The gate is open." });
    world.fetchedTooOften.add(file.id);
  }
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 6, deleted: 0 });
  expect(await place.keys()).toEqual(keysOf(...files));
  expect(await place.app.credentials.list()).toMatchObject([{ status: "connected" }]);
});
