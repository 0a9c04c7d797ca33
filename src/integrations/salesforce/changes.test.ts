import { describe, expect, test } from "bun:test";
import { differences } from "@test/fake-app";
import { contentFingerprint } from "@test/invariants";
import { rewindRendering } from "@test/older-rendering";
import { salesforce } from "@test/salesforce";
import { keyOf, stamp } from "../../../test/fakes/salesforce/world";

describe("an incremental sync", () => {
  test("that finds nothing new writes nothing, however many statements it takes", async () => {
    await using place = await salesforce({}, 27);
    await place.sync();
    const before = await contentFingerprint(place.app.db);
    const asked = await place.asked(() => place.sync("incremental"));
    expect(await contentFingerprint(place.app.db)).toBe(before);
    expect(asked.filter((one) => one.includes("FROM Account "))).toEqual([
      expect.stringMatching(/ WHERE SystemModstamp >= \S+Z ORDER BY SystemModstamp, Id LIMIT 2000$/),
    ]);
  });

  test("takes out what was deleted and merged, and leaves what Salesforce has archived", async () => {
    await using place = await salesforce();
    const { world } = place;
    const [kept, merged, task, note] = [
      world.add("Account"),
      world.add("Account"),
      world.add("Task", { WhatId: null }),
      world.add("Note", { ParentId: null }),
    ];
    await place.sync();
    task.values["IsArchived"] = true;
    world.change(task, {}, true);
    merged.values["MasterRecordId"] = kept.id;
    world.remove(merged);
    world.remove(note);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 2 });
    expect(await place.keys()).toEqual([kept, task].map(keyOf).toSorted());
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await place.keys()).toEqual([kept, task].map(keyOf).toSorted());
  });

  test("goes on where a page ends within one instant, past any number of pages of it", async () => {
    await using place = await salesforce({ objects: "notes" });
    const { world } = place;
    world.add("Note");
    await place.sync();
    const at = world.tick();
    for (let left = 23; left > 0; left--) world.add("Note", { SystemModstamp: at });
    const later = world.add("Note", { SystemModstamp: stamp(Date.parse(at) + 1_000) });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 24 });
    expect(await place.keys()).toContain(keyOf(later));
  });

  test("finds what a long transaction stamped minutes before it showed it", async () => {
    await using place = await salesforce({ objects: "leads" });
    const { world } = place;
    world.add("Lead");
    await place.sync();
    const late = stamp(Date.parse(world.tick()) - 540_000);
    world.add("Lead");
    await place.sync("incremental");
    world.add("Lead", { SystemModstamp: late });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1 });
  });

  test("follows what is written in cases, by comment and by mail, though the case itself does not change", async () => {
    await using place = await salesforce({}, 9);
    await place.sync();
    const [one] = place.world.live("Case");
    if (one === undefined) throw new Error("There is no case.");
    const comment = place.world.write(one, "CaseComment", { CommentBody: "Valve 7 is closed." });
    const mail = place.world.write(one, "EmailMessage", {
      TextBody: null,
      HtmlBody: "<p>It <b>drips</b>.</p>",
    });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
    expect(await place.markdown(one)).toContain("Valve 7 is closed.");
    expect(await place.markdown(one)).toContain("It **drips**.");
    expect(await place.sql('SELECT "messages" FROM "salesforceCase"')).toEqual([[2]]);
    place.world.remove(comment);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
    expect(await place.markdown(one)).not.toContain("Valve 7");
    // Without them nothing is asked about them, and what was read of them goes.
    await place.choose({ talk: "no" });
    const asked = await place.asked(() => place.sync());
    expect(asked.join("\n")).not.toContain("EmailMessage");
    expect(await place.markdown(one)).not.toContain("drips");
    place.world.remove(mail);
  });

  test("reads once more what was written in the very second in which it was read", async () => {
    await using place = await salesforce({ objects: "cases" });
    const one = place.world.add("Case");
    await place.sync();
    const comment = place.world.write(one, "CaseComment", { CommentBody: "First." });
    let isRead = false;
    place.fake.faults.onRequest?.(({ path }) => {
      if (isRead || !path.includes("FROM+CaseComment+WHERE+ParentId+IN")) return;
      isRead = true;
      comment.values["SystemModstamp"] = place.world.tick();
    });
    await place.sync("incremental");
    comment.values["CommentBody"] = "Second.";
    await place.sync("incremental");
    expect(await place.markdown(one)).toContain("Second.");
  });

  test("follows where a deal stands, and who takes part in it", async () => {
    await using place = await salesforce();
    const { world } = place;
    const mara = world.add("Contact", { Name: "Mara Keller" });
    const deal = world.add("Opportunity", { Name: "Pumps", StageName: "Talks" });
    await place.sync();
    world.move(deal, "Closed Won");
    world.change(deal, { IsClosed: true, IsWon: true });
    const role = world.add("OpportunityContactRole", {
      OpportunityId: deal.id,
      ContactId: mara.id,
      IsPrimary: true,
    });
    await place.sync("incremental");
    const shown = (await place.markdown(deal)) ?? "";
    expect(shown).toContain("- Stage: Closed Won, won");
    expect(shown).toContain("- Mara Keller (Decision Maker, primary)");
    expect(shown).toMatch(/: Talks, .+\n- .+: Closed Won, /);
    const rows = 'SELECT "stage", "closed", "won", "people" FROM "salesforceOpportunity"';
    expect(await place.sql(rows)).toEqual([
      ["Closed Won", 1, 1, '[{"name":"Mara Keller","role":"Decision Maker"}]'],
    ]);
    world.remove(role);
    await place.sync("incremental");
    expect(await place.markdown(deal)).not.toContain("Mara Keller");
  });

  test("that failed between two of its questions asks both anew", async () => {
    await using place = await salesforce({ objects: "cases" });
    const { world, fake } = place;
    const one = world.add("Case");
    await place.sync();
    world.write(one, "CaseComment");
    world.edit();
    fake.faults.onRequest?.(({ path }) => {
      const q = new URL(path, "http://fake.invalid").searchParams.get("q") ?? "";
      const refused = { status: 400, errorCode: "MALFORMED_QUERY" };
      fake.state.refuses = q.includes("FROM EmailMessage WHERE ParentId != null") ? refused : undefined;
    });
    expect(await place.sync("incremental")).toMatchObject({ state: "failed" });
    fake.faults.onRequest?.(() => undefined);
    fake.state.refuses = undefined;
    world.edit();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(differences(await place.served(), fake)).toEqual([]);
  });
});

describe("a full sync", () => {
  test("asks for pages by id that no change shifts, and takes out what is in sight no longer", async () => {
    await using place = await salesforce({ objects: "leads" });
    const { world } = place;
    const leads = Array.from({ length: 11 }, () => world.add("Lead"));
    let pages = 0;
    place.fake.faults.onRequest?.(({ path }) => {
      if (path.includes("FROM+Lead") && ++pages === 2)
        for (const lead of leads.slice(0, 6)) world.change(lead, {}, true);
    });
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 11 });
    const [first, second] = leads;
    if (first === undefined || second === undefined) throw new Error("There are no leads.");
    first.hidden = true;
    world.records.delete(second.id);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 2 });
    expect(differences(await place.served(), place.fake)).toHaveLength(0);
  });

  test("is due where nothing was read for longer than the bin keeps what was deleted", async () => {
    await using place = await salesforce({ objects: "notes" });
    const note = place.world.add("Note");
    place.world.add("Note");
    await place.sync();
    place.world.records.delete(note.id);
    const before = new Date(Date.now() - 15 * 86_400_000).toISOString();
    await place.app.db.raw.run('UPDATE "syncCheckpoint" SET "updatedAt" = ?', [before]);
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", deleted: 1 });
  });

  test("writes what an older program rendered once more", async () => {
    await using place = await salesforce({}, 18);
    await place.sync();
    await rewindRendering(place.app.db);
    expect(await place.sync()).toMatchObject({ state: "succeeded", updated: 18 });
    expect(differences(await place.served(), place.fake)).toEqual([]);
  });

  test("keeps an article's one artifact through its versions, and takes it out once it is archived", async () => {
    await using place = await salesforce({ objects: "articles" });
    const { world } = place;
    const first = world.add("Knowledge__kav", {
      Title: "Drain dock 3",
      Answer__c: "<p>Open <b>valve 1</b>.</p>",
    });
    await place.sync();
    expect(await place.markdown(first)).toContain("## Answer\n\nOpen **valve 1**.");
    const { KnowledgeArticleId = null, Language = null } = first.values;
    world.remove(first);
    const next = world.add("Knowledge__kav", { KnowledgeArticleId, Language, Answer__c: "<p>Ask Bo.</p>" });
    expect(keyOf(next)).toBe(keyOf(first));
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 0, updated: 1 });
    expect(await place.markdown(next)).toContain("Ask Bo.");
    world.remove(next);
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1 });
  });

  test("reads notes of Lightning with their text and what they are about, but not whom they are shared with", async () => {
    await using place = await salesforce({ objects: "notes, accounts" });
    const { world, fake } = place;
    const account = world.add("Account", { Name: "Northlight Docks" });
    const note = world.add("ContentNote", { Title: "Discount", Html: "<p>Asked for <b>5</b> %.</p>" });
    world.link(note, account.id);
    await place.sync();
    const shown = await place.markdown(note);
    expect(shown).toContain("- About: Northlight Docks\n");
    expect(shown).toContain("Asked for **5** %.");
    expect(shown).not.toContain("Ana Silva,");
    const about = `SELECT "aboutId" FROM "salesforceRecord" WHERE "object" = 'ContentNote'`;
    expect(await place.sql(about)).toEqual([[account.id]]);
    world.change(note, { Html: "<p>Got 3 %.</p>" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1 });
    expect(await place.markdown(note)).toContain("Got 3 %.");
    // Where the text is not to be had, its beginning is.
    fake.state.textless = true;
    world.change(note, { TextPreview: "Got 4" });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, failed: 0 });
    expect(await place.markdown(note)).toContain("Got 4");
    world.remove(note);
    expect(await place.sync()).toMatchObject({ state: "succeeded", deleted: 1 });
  });
});
