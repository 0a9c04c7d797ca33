/** Tickets and tasks: who reads them, what they say, and what an account does without that was there before them. */
import { describe, expect, test } from "bun:test";
import { hubspot } from "@test/hubspot";
import { keyOf } from "../../../test/fakes/hubspot/world";

const none = { companies: [], contacts: [], deals: [], tickets: [] };

describe("tickets and tasks are read", () => {
  test("of a new account, tickets only where its token may: no sync fails for their scope", async () => {
    await using place = await hubspot();
    const [ticket, task] = [place.world.add("tickets"), place.world.add("tasks")];
    place.fake.lacking.add("tickets");
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(await place.keys()).toEqual([keyOf(task)]);
    place.fake.lacking.clear();
    await place.connect();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(await place.keys()).toEqual([task, ticket].map(keyOf));
  });

  test("of an account from before them once it is changed, and nothing is asked about them until then", async () => {
    await using place = await hubspot();
    const note = place.world.add("notes", {}, { tickets: [place.world.add("tickets").id] });
    place.world.add("tasks");
    await place.connect();
    await place.app.db.raw.run(`UPDATE "integrationCredential" SET "options" = '{}'`);
    place.fake.lacking.add("tickets");
    const asked = await place.asked(() => place.sync());
    expect(asked.filter((path) => /tickets|tasks/.test(path))).toEqual([]);
    expect(await place.keys()).toEqual([keyOf(note)]);
    place.fake.lacking.clear();
    await place.connect();
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", inserted: 2 });
    expect(await place.markdown(note)).toMatch(/- Tickets: subject \d+ & more\n/);
  });

  test("where they are chosen, and a scope that is missing then is named", async () => {
    await using place = await hubspot({ objects: "tickets, tasks" });
    const task = place.world.add("tasks");
    place.fake.lacking.add("tickets");
    await place.connect();
    expect(await place.sync()).toMatchObject({
      state: "failed",
      error: expect.stringContaining("lacks a scope that this takes (tickets)"),
    });
    // What a task is about is asked for with it.
    expect(await place.keys()).toEqual([]);
    place.fake.lacking.clear();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(await place.keys()).toEqual([keyOf(task)]);
  });
});

describe("what is told", () => {
  test("of a ticket is its own stage, though a deal's may have the same id", async () => {
    await using place = await hubspot();
    const { world } = place;
    world.stages.push({ id: "1", label: "First talk", metadata: { isClosed: "false", probability: "0.1" } });
    const deal = world.add("deals", { dealstage: "1" }, none);
    const [open, closed, odd] = ["1", "4", "of_tomorrow"].map((stage) =>
      world.add("tickets", { hs_pipeline_stage: stage, hs_ticket_priority: "HIGH" }, none),
    );
    if (open === undefined || closed === undefined || odd === undefined) throw new Error("There are three.");
    await place.connect();
    await place.sync();
    expect(await place.markdown(deal)).toContain("- Stage: First talk (Sales)\n");
    expect(await place.markdown(open)).toContain("- Status: New (Support)\n- Priority: high\n");
    const rows = await place.sql(
      'SELECT "ticketId", "pipeline", "stage", "closed", "priority" FROM "hubspotTicket" ORDER BY 1',
    );
    expect(rows).toEqual([
      [open.id, "Support", "New", 0, "high"],
      [closed.id, "Support", "Done & dry", 1, "high"],
      [odd.id, null, "of_tomorrow", 0, "high"],
    ]);
    world.change(open, { hs_pipeline_stage: "4" });
    await place.sync("incremental");
    expect(await place.markdown(open)).toContain("- Status: Done & dry (Support)\n");
  });

  test("of a task is when it is due and how far it is, by the ticket that it is about", async () => {
    await using place = await hubspot();
    const { world } = place;
    const ticket = world.add("tickets", { subject: "Pump 4" }, none);
    const task = world.add(
      "tasks",
      {
        ...{ hs_task_subject: null, hs_timestamp: "2026-03-01T10:00:00Z", hs_task_status: "IN_PROGRESS" },
        ...{ hs_task_priority: "NONE", hubspot_owner_id: null },
      },
      { ...none, tickets: [ticket.id] },
    );
    await place.connect();
    await place.sync();
    expect(await place.markdown(task)).toStartWith(
      "# Task about Pump 4, 2026-03-01\n\n- Due: 2026-03-01 10:00 UTC\n- Status: in progress\n- Tickets: Pump 4\n",
    );
    expect(await place.sql('SELECT "kind", "at", "status", "tickets" FROM "hubspotActivity"')).toEqual([
      ["task", "2026-03-01T10:00:00.000Z", "in progress", `["${ticket.id}"]`],
    ]);
    world.archive(ticket);
    expect(await place.sync("incremental")).toMatchObject({ deleted: 1 });
    expect(await place.sql('SELECT * FROM "hubspotTicket"')).toEqual([]);
  });
});

describe("what was written in a ticket", () => {
  const noThread = { hs_conversations_originating_thread_id: null };

  test("is told as a conversation, oldest first, without remarks among those who answer", async () => {
    await using place = await hubspot({ objects: "tickets" });
    const { world } = place;
    const ticket = world.add("tickets", noThread, none);
    const ana = [{ actorId: "A-1", name: "Ana Silva" }];
    world.write(ticket, { text: "Pump 4 loses oil." });
    world.write(ticket, { type: "COMMENT", senders: ana, text: "She pays late." });
    world.write(ticket, {
      ...{ senders: ana, text: "Close valve 7.", richText: "<p>Close <b>valve 7</b>.</p>" },
      attachments: [{ type: "FILE", name: "plan.pdf", url: "https://files.example/s3cr3t" }],
    });
    for (let count = 1; count < 6; count++)
      world.write(ticket, {
        text: `Reply ${count}.`,
        senders: [
          { actorId: "E-1", deliveryIdentifier: { type: "EMAIL", value: "mara@northlight.example" } },
        ],
      });
    world.write(ticket, { archived: true, text: "Written in error." });
    await place.connect();
    await place.sync();
    const markdown = (await place.markdown(ticket)) ?? "";
    expect(
      markdown.slice(markdown.indexOf("## Conversation")).replaceAll(/\(.{16} UTC\)/g, "(then)"),
    ).toStartWith(
      "## Conversation\n\n**Mara Keller** (then):\n\nPump 4 loses oil.\n\n" +
        "**Ana Silva** (then):\n\nClose **valve 7**.\n\nAttached: plan.pdf\n\n" +
        "**mara@northlight.example** (then):\n\nReply 1.\n\n",
    );
    expect(markdown).toContain("Reply 5.");
    expect(markdown).not.toMatch(/pays late|s3cr3t|in error/);
    expect(await place.sql('SELECT "kind" FROM "mdArtifacts"')).toEqual([["conversation"]]);
  });

  test("is followed, and nothing is asked about tickets in which nobody wrote", async () => {
    await using place = await hubspot({ objects: "tickets" });
    const { world } = place;
    const [ticket, other] = [world.add("tickets", noThread, none), world.add("tickets", noThread, none)];
    world.write(ticket, { text: "First words." });
    world.write(other);
    await place.connect();
    await place.sync();
    world.write(ticket, { text: "Second words." });
    const asked = await place.asked(() => place.sync("incremental"));
    expect(asked.filter((path) => path.endsWith("/messages"))).toEqual([
      `GET /conversations/v3/conversations/threads/90${ticket.id}/messages`,
    ]);
    expect(await place.markdown(ticket)).toContain("Second words.");
    world.threads.clear();
    world.change(ticket, { content: "Only this." });
    await place.sync("incremental");
    expect(await place.markdown(ticket)).not.toContain("words.");
    expect(await place.markdown(ticket)).toContain("Only this.");
  });

  test("that the token may not read is left out, and hides no ticket", async () => {
    await using place = await hubspot({ objects: "tickets" });
    const { world } = place;
    const ticket = world.add("tickets", { ...noThread, content: "Pump 4." }, none);
    world.write(ticket, { text: "First words." });
    await place.connect();
    await place.sync();
    world.closed.add(`90${ticket.id}`);
    world.write(ticket, { text: "Second words." });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", updated: 1, deleted: 0 });
    expect(await place.markdown(ticket)).toContain("Pump 4.");
    expect(await place.markdown(ticket)).not.toContain("words.");
  });

  test("is left out where the token lacks the scope, and told with the next full sync once it has it", async () => {
    await using place = await hubspot({ objects: "tickets" });
    const ticket = place.world.add("tickets", noThread, none);
    place.world.write(ticket, { text: "First words." });
    place.fake.lacking.add("conversations.read");
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 1 });
    expect(await place.markdown(ticket)).not.toContain("## Conversation");
    place.fake.lacking.clear();
    expect(await place.sync()).toMatchObject({ updated: 1 });
    expect(await place.markdown(ticket)).toContain("First words.");
  });
});
