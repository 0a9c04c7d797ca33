import { describe, expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import { connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { filesFolder } from "@test/files";
import { contentFingerprint } from "@test/invariants";
import { rewindRendering } from "@test/older-rendering";
import { stoppedAt } from "@test/stopped-sync";
import { zendeskDesk } from "@test/zendesk";
import { keyOf, startZendesk, ticketKeyOf } from "../../../test/fakes/zendesk/fake";
import { zendeskIntegration } from "./integration";

const EXPORT = "/incremental/tickets/cursor.json";
const isOfComments = (path: string) => path.endsWith("/comments.json");

describe("what is read", () => {
  const chosen = async (place: Awaited<ReturnType<typeof zendeskDesk>>) =>
    (await place.app.credentials.list()).map(({ options }) => options["read"]);

  test("is all that the token of a new account may read", async () => {
    await using admin = await zendeskDesk();
    await admin.connect({ account: "desk" });
    expect(await chosen(admin)).toEqual([["help centre", "tickets"]]);
    await using agent = await zendeskDesk();
    agent.fake.grants.admin = false;
    await agent.connect();
    expect(await chosen(agent)).toEqual([["help centre"]]);
    const ticket = agent.desk.add();
    const article = agent.fake.world.add();
    expect(await agent.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(await agent.keys()).toEqual([keyOf(article)]);
    expect(await agent.markdown(ticket)).toBeUndefined();
  });

  test("says by the field that tickets take an administrator, and which parts there are", async () => {
    await using place = await zendeskDesk({ read: "Help center, Tickets" });
    place.fake.grants.admin = false;
    const refusal = (changes: Record<string, unknown> = {}) =>
      place.connect(changes).catch((error: unknown) => error);
    const refused = await refusal();
    expect(refused).toBeInstanceOf(InputError);
    expect(refused).toMatchObject({
      details: [{ field: "options.read", message: expect.stringContaining("administrator") }],
    });
    expect(await refusal({ options: { read: "chats" } })).toMatchObject({
      details: [{ field: "options.read", message: "takes help centre, tickets" }],
    });
  });

  test("stays as it is for an account from before tickets, also when it is changed without a choice", async () => {
    await using place = await zendeskDesk({ read: "help centre" });
    place.desk.add();
    const article = place.fake.world.add();
    await place.connect();
    await place.app.db.raw.run(`UPDATE "integrationCredential" SET "options" = '{}'`);
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    await place.connect({ secretKey: undefined, account: "acme", options: {}, keepSecrets: true });
    expect(await chosen(place)).toEqual([["help centre"]]);
    await place.sync();
    expect(await place.keys()).toEqual([keyOf(article)]);
  });

  test("is taken out once it is left out, and comes back", async () => {
    await using place = await zendeskDesk();
    const [ticket, article] = [place.desk.add(), place.fake.world.add()];
    await place.connect();
    await place.sync();
    await place.connect({ options: { read: "tickets" } });
    await place.sync("incremental");
    expect(await place.keys()).toEqual([ticketKeyOf(ticket)]);
    expect(await place.sql('SELECT * FROM "zendeskArticle"')).toEqual([]);
    await place.connect({ options: { read: "help centre" } });
    await place.sync("incremental");
    expect(await place.keys()).toEqual([keyOf(article)]);
    expect(await place.sql('SELECT * FROM "zendeskTicket"')).toEqual([]);
    await place.connect({ options: {} });
    await place.sync("incremental");
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });
});

describe("an incremental sync", () => {
  test("asks once what changed, and nothing about what did not", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    for (let count = 0; count < 7; count++) place.desk.add();
    await place.connect();
    await place.sync();
    const before = await contentFingerprint(place.app.db);
    expect(await place.asked(() => place.sync("incremental"))).toEqual([EXPORT]);
    expect(await contentFingerprint(place.app.db)).toBe(before);
  });

  test("follows answers, the bin, what is taken out of it, and words that were blackened", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const [answered, binned, blackened] = [desk.add(), desk.add(), desk.add({}, "My card is 4711.")];
    await place.connect();
    await place.sync();
    expect(await place.markdown(blackened)).toContain("My card is 4711.");
    desk.say(answered, 9_007_100, "<p>Pump 4 is <b>mended</b>.</p>");
    desk.bin(binned);
    desk.redact(blackened);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 2, deleted: 1 });
    expect(await place.markdown(answered)).toContain("Pump 4 is **mended**.");
    expect(await place.markdown(blackened)).not.toContain("4711");
    expect(await place.keys()).toEqual([answered, blackened].map(ticketKeyOf).toSorted());
    binned.status = "open";
    desk.changed(binned);
    expect(await place.sync("incremental")).toMatchObject({ inserted: 1 });
  });

  test("reads again what Zendesk itself touched, and writes nothing where nothing is said differently", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const ticket = place.desk.add();
    await place.connect();
    await place.sync();
    const before = await contentFingerprint(place.app.db);
    place.desk.changed(ticket, undefined, true);
    const asked = await place.asked(() => place.sync("incremental"));
    expect(asked.filter(isOfComments)).toHaveLength(1);
    expect(await contentFingerprint(place.app.db)).toBe(before);
  });

  test("asks again for a ticket that could not be read, though it did not change since", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const ticket = desk.add();
    await place.connect();
    await place.sync();
    desk.say(ticket, 9_007_100, "<p>Second words.</p>");
    desk.unreadable.add(ticket.id);
    expect(await place.sync("incremental")).toMatchObject({ failed: 1 });
    expect(await place.markdown(ticket)).not.toContain("Second words.");
    desk.unreadable.clear();
    await place.app.db.raw.run('UPDATE "syncItem" SET "nextAttemptAt" = NULL');
    const asked = await place.asked(() => place.sync("incremental"));
    expect(asked.filter((path) => path !== "/ticket_fields.json")).toEqual([
      "/tickets/show_many.json",
      `/tickets/${ticket.id}/comments.json`,
      EXPORT,
    ]);
    expect(await place.markdown(ticket)).toContain("Second words.");
  });
});

describe("a full sync", () => {
  test("takes no ticket for deleted that an export leaves out, because it changed within its last minute", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const tickets = Array.from({ length: 7 }, () => place.desk.add());
    await place.connect();
    await place.sync();
    const [latest, gone] = tickets;
    if (latest === undefined || gone === undefined) throw new Error("There are seven.");
    place.desk.erase(gone);
    let exports = 0;
    place.fake.faults.onRequest?.(({ path }) => {
      if (path.includes(EXPORT) && ++exports === 1) place.desk.say(latest, 9_007_100, "<p>Just now.</p>");
    });
    const asked = await place.asked(async () => {
      expect(await place.sync()).toMatchObject({ state: "succeeded", updated: 1, deleted: 1 });
    });
    expect(asked.filter((path) => path.endsWith("show_many.json"))).toHaveLength(1);
    expect(await place.markdown(latest)).toContain("Just now.");
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });

  test("holds it back when most tickets are gone without a word, until somebody confirms", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const [kept, ...others] = Array.from({ length: 130 }, () => place.desk.add());
    if (kept === undefined) throw new Error("There are many.");
    await place.connect();
    await place.sync();
    for (const ticket of others) place.desk.erase(ticket);
    expect(await place.sync()).toMatchObject({ deleted: 0, error: expect.stringContaining("129 of 130") });
    expect(await place.keys()).toHaveLength(130);
    await place.sync("full", { confirmDeletions: true });
    expect(await place.keys()).toEqual([ticketKeyOf(kept)]);
  });

  test("tells of other names, and asks nothing about tickets that say the same", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const [mara, cem] = desk.customers;
    if (mara === undefined || cem === undefined) throw new Error("There are three.");
    const [hers, his] = [desk.add({ requester_id: mara.id }), desk.add({ requester_id: cem.id })];
    await place.connect();
    await place.sync();
    mara.name = "Mara Vogt";
    const asked = await place.asked(() => place.sync());
    expect(asked.filter(isOfComments)).toEqual([`/tickets/${hers.id}/comments.json`]);
    expect(await place.markdown(hers)).toContain("- Asked by: Mara Vogt\n");
    expect(await place.markdown(his)).toContain("- Asked by: Cem Aydın & Sons\n");
  });

  test("renders all anew where the rendering mark was raised", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    for (let count = 0; count < 3; count++) place.desk.add();
    await place.connect();
    await place.sync();
    const before = await place.served();
    await rewindRendering(place.app.db);
    const asked = await place.asked(() => place.sync());
    expect(await place.served()).toEqual(before);
    expect(asked.filter((path) => !isOfComments(path))).toEqual([EXPORT, "/ticket_fields.json"]);
    expect(asked.filter(isOfComments)).toHaveLength(3);
  });

  test("that is stopped goes on, and reads at most the tickets of one piece once more", async () => {
    using home = filesFolder();
    const clock = fastClock(2_000);
    await using fake = await startZendesk({ seed: 3, items: 0, clock, pageSize: 500 });
    for (let count = 0; count < 120; count++) fake.world.desk.add();
    const open = (connect: boolean) =>
      connectedApp(zendeskIntegration, fake, { clock, home: home.path, connect });
    {
      await using place = await open(true);
      clock.skip(60_000);
      expect(await stoppedAt(place.app, "Zendesk", "full", fake.faults, 90)).toBe(true);
    }
    await using place = await open(false);
    expect(await place.sync()).toMatchObject({ state: "succeeded", failed: 0 });
    const comments = fake.requests().filter(({ path }) => path.includes("comments.json"));
    expect(comments.length).toBeLessThanOrEqual(170);
    expect(new Set(comments.map(({ path }) => path)).size).toBe(120);
    expect(differences(await place.served(), fake)).toEqual([]);
  });
});
