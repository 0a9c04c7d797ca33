import { expect, test } from "bun:test";
import { temporaryFolder } from "@test/database";
import { syncItem } from "@/core/db/schema";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import { startGmail } from "../../../test/fakes/gmail/fake";
import { html, plain, withFile } from "../../../test/fakes/gmail/parts";
import { ANA, BO, keyOf } from "../../../test/fakes/gmail/world";
import { gmailIntegration } from "./integration";

/** A connected mailbox; `options` as a person fills them into the form. */
async function gmail(options: Record<string, string> = {}, items = 0) {
  const clock = fastClock();
  const fake = await startGmail({ seed: 7, items, clock });
  const credential = { ...fake.credential, options };
  const place = await connectedApp(gmailIntegration, { ...fake, credential }, { clock });
  return {
    ...place,
    ...{ fake, world: fake.world },
    keys: async () => [...(await place.served()).keys()].sort(),
    rows: async (sql: string) => (await place.app.sql.query(sql)).rows,
    /** Requests that `work` makes, by path. */
    asked: async (work: () => Promise<unknown>) => {
      const before = fake.requests().length;
      await work();
      return fake
        .requests()
        .slice(before)
        .map(({ path }) => path.replace("/gmail/v1/users/me/", "").replace(/\?.*/, ""));
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

const keysOf = (...messages: { threadId: string }[]) => messages.map(keyOf).sort();

test("what the account sees is served, with rows; nothing new costs two requests and writes nothing", async () => {
  await using place = await gmail({}, 12);
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 12, failed: 0 });
  expect(differences(await place.served(), place.fake)).toEqual([]);
  expect(await place.rows('SELECT count(*) FROM "gmailThread"')).toEqual([[12]]);
  expect(await place.rows('SELECT count(*) FROM "gmailMessage"')).toEqual([[place.world.messages.size]]);
  const nothing = { state: "succeeded", inserted: 0, updated: 0, deleted: 0 };
  expect(
    await place.asked(async () => expect(await place.sync("incremental")).toMatchObject(nothing)),
  ).toEqual(["labels", "history"]);
  const again = await place.asked(async () => expect(await place.sync()).toMatchObject(nothing));
  expect(again.filter((path) => path.startsWith("threads/"))).toEqual([]);
});

test("a thread is one document: who takes part, who wrote when to whom, files, and what is new in each", async () => {
  await using place = await gmail();
  const { world } = place;
  const at = Date.parse("2026-05-12T09:31:00Z");
  const first = world.write({
    at,
    headers: { Subject: "Re: =?utf-8?q?Gr=C3=BC=C3=9Fe?=", Cc: "Cy Rao <cy@x.example>, team@x.example" },
    parts: withFile(html("<p>The pump costs <b>400 euros</b> in all.</p>"), {
      ...{ name: "offer.pdf", mimeType: "application/pdf", size: 120_000 },
    }),
  });
  const quote = "On 2026-05-12 09:31, Bo <bo@pumps.example> wrote:\n> The pump costs 400 euros in all.";
  world.write({
    threadId: first.threadId,
    at: at + 60_000,
    from: ANA,
    to: BO,
    labels: ["SENT"],
    parts: plain(`Fine.\n\n${quote}`),
  });
  await place.sync();
  const artifact = (await place.served()).get(keyOf(first));
  expect(artifact).toEqual({
    title: "Grüße",
    markdown: `# Grüße

- Participants: Lindqvist, Bo (bo@pumps.example), Ana Silva (ana@harbour.example), Cy Rao (cy@x.example), team@x.example
- Messages: 2

## Lindqvist, Bo to Ana Silva, cc Cy Rao, team@x.example, 2026-05-12 09:31 UTC

The pump costs **400 euros** in all.

Attachments: offer.pdf (120 kB)

## Ana Silva to Lindqvist, Bo, 2026-05-12 09:32 UTC

Fine.`,
  });
  const [facts] = await place.rows('SELECT "author", "artifactDate", "url", "kind" FROM "mdArtifacts"');
  expect(facts).toEqual([
    "Lindqvist, Bo (bo@pumps.example)",
    "2026-05-12T09:32:00.000Z",
    `https://mail.google.com/mail/u/?authuser=ana%40harbour.example#all/${first.threadId}`,
    "email",
  ]);
  expect(await place.rows('SELECT "messages", "lastSent", "lastFrom" FROM "gmailThread"')).toEqual([
    [2, 1, "ana@harbour.example"],
  ]);
});

test("what is in the bin, spam or not sent is not there; what comes back is", async () => {
  await using place = await gmail();
  const { world } = place;
  const [kept, binned, spam, gone] = [world.write(), world.write(), world.write(), world.write()];
  const answer = world.answer(kept);
  world.answer(kept, ["DRAFT"]);
  world.write({ labels: ["CHAT"] });
  await place.sync();
  expect(await place.keys()).toEqual(keysOf(kept, binned, spam, gone));
  expect(await place.rows('SELECT count(*) FROM "gmailMessage"')).toEqual([[5]]);
  world.label(binned, ["TRASH"], ["INBOX"]);
  world.label(spam, ["SPAM"]);
  world.label(answer, ["TRASH"]);
  world.remove(gone);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 3, updated: 1 });
  expect(await place.keys()).toEqual(keysOf(kept));
  expect((await place.served()).get(keyOf(kept))?.markdown).not.toContain(answer.reads);
  expect(await place.rows('SELECT "messageId" FROM "gmailMessage"')).toEqual([[kept.id]]);
  world.label(binned, [], ["TRASH"]);
  expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1 });
  expect(await place.keys()).toEqual(keysOf(kept, binned));
  expect(await structureViolations(place.app.db)).toEqual([]);
});

test("emptying the bin of many threads at once is no trouble", async () => {
  await using place = await gmail({}, 12);
  await place.sync();
  for (const message of place.world.messages.values()) place.world.remove(message);
  expect(await place.sync("incremental", { confirmDeletions: true })).toMatchObject({
    state: "succeeded",
    deleted: 12,
  });
});

test("looking at mail asks for nothing", async () => {
  await using place = await gmail({}, 4);
  await place.sync();
  for (const message of place.world.messages.values()) place.world.label(message, [], ["UNREAD"]);
  const asked = await place.asked(() => place.sync("incremental"));
  expect(asked.filter((path) => path.startsWith("threads/"))).toEqual([]);
});

test("text too large to come with its thread is asked for by itself; what nobody can read stands alone", async () => {
  await using place = await gmail();
  const key = place.world.createHuge();
  const empty = place.world.createEmpty();
  expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2, failed: 0 });
  const served = await place.served();
  expect(served.get(key)?.markdown.length).toBeGreaterThan(1_000_000);
  expect(served.get(empty)?.title).toBe("(no subject)");
});

test("a thread with a text that Gmail does not give is there still, and is asked for again", async () => {
  await using place = await gmail({}, 2);
  const key = place.world.createHuge();
  await place.sync();
  const message = [...place.world.messages.values()].find((one) => keyOf(one) === key);
  if (message !== undefined) place.world.answer(message);
  place.fake.provider.withoutParts = true;
  expect(await place.sync("incremental")).toMatchObject({ deleted: 0, failed: 1 });
  expect(await place.keys()).toContain(key);
  place.fake.provider.withoutParts = false;
  await place.app.db.update(syncItem).set({ nextAttemptAt: null });
  expect(await place.sync("incremental")).toMatchObject({ deleted: 0, updated: 1, failed: 0 });
  expect((await place.served()).get(key)?.markdown).toContain("- Messages: 2");
});

test("several accounts keep their threads apart, though these are called alike", async () => {
  const clock = fastClock();
  using home = temporaryFolder();
  await using fake = await startGmail({ seed: 7, items: 3, clock });
  const open = async () => {
    await using place = await connectedApp(gmailIntegration, fake, { clock, home: home.path });
    clock.skip(60_000);
    const started = await place.app.runner.start({ integration: "Gmail", mode: "full", trigger: "manual" });
    for (const { runId } of started)
      expect(await place.app.runner.wait(runId)).toMatchObject({ state: "succeeded" });
    const sql = 'SELECT "account", count(*) FROM "gmailThread" GROUP BY "account" ORDER BY "account"';
    return (await place.app.sql.query(sql)).rows;
  };
  expect(await open()).toEqual([["ana@harbour.example", 3]]);
  fake.provider.address = "bo@pumps.example";
  expect(await open()).toEqual([
    ["ana@harbour.example", 3],
    ["bo@pumps.example", 3],
  ]);
});
