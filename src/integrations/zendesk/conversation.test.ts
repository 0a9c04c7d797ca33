/** How tickets read, what is kept out of them, and what becomes of them when Zendesk refuses. */
import { describe, expect, test } from "bun:test";
import { zendeskDesk } from "@test/zendesk";
import { keyOf, ticketKeyOf } from "../../../test/fakes/zendesk/fake";

const [ana, bo] = [9_007_100, 9_007_101];
const MARA = 9_100_000;

describe("a ticket", () => {
  test("leaves internal notes out until they are chosen, and takes them out once they are not", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const ticket = desk.add({ assignee_id: ana });
    desk.say(ticket, bo, "<p>She pays late.</p>", { public: false });
    await place.connect();
    await place.sync();
    expect(await place.markdown(ticket)).not.toContain("pays late");
    await place.connect({ options: { read: "tickets", notes: "yes" } });
    await place.sync("incremental");
    expect(await place.markdown(ticket)).toMatch(
      /\*\*Bo Lindqvist\*\* \(\d{4}-\d\d-\d\d \d\d:\d\d UTC, internal note\):\n\nShe pays late\./,
    );
    await place.connect({ options: { read: "tickets", notes: "no" } });
    await place.sync("incremental");
    expect(await place.markdown(ticket)).not.toContain("pays late");
  });

  test("names its files, and tells no address under which anybody reads them", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const ticket = desk.add();
    const address = "https://acme.zendesk.com/attachments/token/s3cr3t/?name=plan.pdf";
    const html =
      `<p>See <a href="${address}">the plan</a> and <a href="https://example.com/a">this</a>.` +
      `<img src="${address}" alt="A gate &amp; a dock"></p>`;
    desk.say(ticket, ana, html, {
      attachments: [{ id: 1, file_name: "plan [v2].pdf", size: 12_400, content_url: address }],
    });
    await place.connect();
    await place.sync();
    const markdown = await place.markdown(ticket);
    expect(markdown).toContain("See the plan and [this](https://example.com/a).A gate & a dock");
    expect(markdown).toContain("Attached: plan \\[v2\\].pdf (12.4 kB)");
    expect(markdown).not.toContain("s3cr3t");
  });

  test("tells all that was said, however many pages it takes, and who is not known any more", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const { desk } = place;
    const ticket = desk.add();
    const said = Array.from({ length: 12 }, (_, index) => `Answer ${index + 1}.`);
    for (const words of said) desk.say(ticket, ana, `<p>${words}</p>`);
    desk.say(ticket, 1, "", { plain_body: "- One\n- Two" });
    await place.connect();
    await place.sync();
    const markdown = (await place.markdown(ticket)) ?? "";
    expect(said.filter((words) => !markdown.includes(words))).toEqual([]);
    expect(markdown.indexOf("Answer 2.")).toBeLessThan(markdown.indexOf("Answer 12."));
    expect(markdown).toMatch(/\*\*Somebody\*\* \(.+\):\n\n- One\n- Two/);
  });

  test("is a row with names, tags and its own fields", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    place.desk.add({
      ...{ subject: null, status: "hold", priority: "urgent", tags: ["dock"], organization_id: 5_500 },
      ...{
        requester_id: MARA,
        assignee_id: bo,
        via: { channel: "web", source: { from: {}, to: {}, rel: null } },
      },
      custom_fields: [
        { id: 801, value: ["dock_3", "dry_dock"] },
        { id: 802, value: 17 },
        { id: 803, value: true },
        { id: 999, value: "of no field" },
      ],
      satisfaction_rating: { score: "bad" },
    });
    await place.connect();
    await place.sync();
    const columns =
      '"subject", "status", "requester", "organisation", "assignee", "groupName", "channel", "satisfaction"';
    expect(await place.sql(`SELECT ${columns}, "tags", "fields", "url" FROM "zendeskTicket"`)).toEqual([
      [
        ...[
          "Ticket 1001",
          "hold",
          "Mara Keller",
          "Northlight Docks",
          "Bo Lindqvist",
          "Harbour support",
          "web",
          "bad",
        ],
        ...['["dock"]', '{"Dock":"Dock 3, Dry dock","Order number":"17","Paid":"yes"}'],
        "https://acme.zendesk.com/agent/tickets/1001",
      ],
    ]);
  });
});

describe("when Zendesk refuses", () => {
  test("tickets to an account that may not read them any more, the help centre is read on, and nothing is removed", async () => {
    await using place = await zendeskDesk();
    const ticket = place.desk.add();
    await place.connect();
    await place.sync();
    place.fake.grants.admin = false;
    const article = place.fake.world.add();
    for (const mode of ["incremental", "full"] as const)
      expect(await place.sync(mode)).toMatchObject({
        state: "failed",
        deleted: 0,
        error: expect.stringContaining("leave tickets out under “What is read”"),
      });
    expect(await place.keys()).toContain(keyOf(article));
    expect(await place.markdown(ticket)).toBeDefined();
  });

  test("more than ten exports a minute, the sync waits as it is told, and ends well", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    for (let count = 0; count < 62; count++) place.desk.add();
    await place.connect();
    place.fake.exports.perMinute = 10;
    const before = place.clock.now();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 62 });
    const refused = place.fake.requests().filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(4);
    expect(place.clock.now() - before).toBeGreaterThan(60_000);
  });

  test("a shape that is not known, the others are read, and nothing is taken for deleted", async () => {
    await using place = await zendeskDesk({ read: "tickets" });
    const [kept, changed, gone] = [place.desk.add(), place.desk.add(), place.desk.add()];
    await place.connect();
    await place.sync();
    place.desk.erase(gone);
    place.desk.tickets.set(changed.id, { ...changed, id: Number.POSITIVE_INFINITY });
    place.desk.say(kept, ana, "<p>Still here.</p>");
    await place.sync();
    expect(await place.markdown(kept)).toContain("Still here.");
    // What is asked for by its id and answered with something is there, whatever it is.
    expect(await place.keys()).toEqual([kept, changed, gone].map(ticketKeyOf));
  });
});
