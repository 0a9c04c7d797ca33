/** The gallery of the documentation is what the integration makes of the stand-in's records. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { hubspot } from "@test/hubspot";
import type { FakeRecord } from "../../../test/fakes/hubspot/world";

const owner = { hubspot_owner_id: "8801" };
const at = { ...owner, hs_timestamp: "2026-03-02T09:30:00.000Z" };

test("a record of each kind is in the documentation as it is rendered", async () => {
  await using place = await hubspot();
  const { world } = place;
  const company = world.add("companies", {
    ...owner,
    ...{ name: "Northlight Docks", domain: "northlight.example", industry: "SHIP_BUILDING", city: "Faro" },
    ...{ country: "Portugal", numberofemployees: "120", lifecyclestage: "customer" },
    description: "Repairs ferries.\nThree docks, one of them dry.",
  });
  const contact = world.add(
    "contacts",
    {
      ...{ ...owner, firstname: "Mara", lastname: "Keller", jobtitle: "Head of repairs" },
      ...{ email: "mara@northlight.example", phone: "+351 289 000 000", lifecyclestage: "opportunity" },
    },
    { companies: [company.id] },
  );
  const both = { companies: [company.id], contacts: [contact.id], deals: [] };
  const deal = world.add(
    "deals",
    {
      ...{ ...owner, dealname: "Pumps for dock 3", amount: "48000", deal_currency_code: "EUR" },
      ...{ dealstage: "appointmentscheduled", closedate: "2026-06-30T00:00:00.000Z" },
      description: "Two pumps, with *service* for three years.",
    },
    both,
  );
  const ticket = world.add(
    "tickets",
    {
      ...{ ...owner, subject: "Pump 4 loses oil", content: "A litre an hour.\nSince Monday." },
      ...{ hs_pipeline_stage: "4", hs_ticket_priority: "HIGH", hs_ticket_category: "PRODUCT_ISSUE" },
      ...{ hs_conversations_originating_thread_id: null },
      ...{ source_type: "EMAIL", closed_date: "2026-03-04T12:00:00Z", hs_resolution: "ISSUE_FIXED" },
    },
    { ...both, deals: [deal.id] },
  );
  const talk = { createdAt: "2026-03-02T09:30:00.000Z" };
  world.write(ticket, { ...talk, text: "A litre an hour. What can we do?" });
  const ana = [{ actorId: "A-1", name: "Ana Silva" }];
  world.write(ticket, { ...talk, senders: ana, text: "", richText: "<p>Close <b>valve 7</b>.</p>" });
  const all = { ...both, deals: [deal.id], tickets: [ticket.id] };
  const email =
    "<div>Dear Ana,<br>the <b>offer</b> is fine.</div><ul><li>Two pumps</li><li>Delivery in May</li></ul><script>alert(1)</script>";
  const parts: [string, FakeRecord][] = [
    ["A company", company],
    ["A contact", contact],
    ["A deal", deal],
    ["A ticket", ticket],
    ["A note", world.add("notes", { ...at, hs_note_body: "<p>Asked for a discount of <b>5%</b>.</p>" }, all)],
    [
      "A call",
      world.add(
        "calls",
        {
          ...{ ...at, hs_call_title: "Call about delivery", hs_call_body: "<p>May is early enough.</p>" },
          ...{ hs_call_duration: "754000", hs_call_direction: "OUTBOUND", hs_call_status: "COMPLETED" },
          hs_call_disposition: "f240bbac-87c9-4f6e-bf70-924b57d47db7",
        },
        all,
      ),
    ],
    [
      "An email",
      world.add(
        "emails",
        {
          ...{ ...at, hs_email_subject: "Re: Offer", hs_email_html: email },
          ...{ hs_email_direction: "INCOMING_EMAIL", hs_email_to_email: "ana@acme.example" },
          ...{ hs_email_from_email: "mara@northlight.example", hs_email_cc_email: "cem@acme.example" },
          hs_email_status: "SENT",
        },
        all,
      ),
    ],
    [
      "A meeting",
      world.add(
        "meetings",
        {
          ...{ ...at, hs_meeting_title: "On site", hs_meeting_body: "<p>Measured dock 3.</p>" },
          ...{ hs_meeting_location: "Dock 3", hs_meeting_outcome: "COMPLETED" },
          ...{ hs_meeting_start_time: "2026-03-02T09:30:00Z", hs_meeting_end_time: "2026-03-02T11:00:00Z" },
          hs_internal_meeting_notes: "<h1>Mood</h1><p>Good.</p>",
        },
        all,
      ),
    ],
    [
      "A task",
      world.add(
        "tasks",
        {
          ...{ ...at, hs_task_subject: "Send the gasket", hs_task_body: "<p>Two of <i>store B</i>.</p>" },
          ...{ hs_task_status: "NOT_STARTED", hs_task_priority: "HIGH", hs_task_type: "TODO" },
        },
        all,
      ),
    ],
  ];
  await place.connect();
  await place.sync();
  const shown = [];
  for (const [title, record] of parts) shown.push({ title, markdown: await place.markdown(record) });
  await keepGallery("hubspot", import.meta.path, shown, (text) => text);
});

test("what a page, a title or an address is made of may be missing", async () => {
  await using place = await hubspot();
  const { world } = place;
  const bare = { hubspot_owner_id: null };
  const none = { companies: [], contacts: [], deals: [] };
  const company = world.add("companies", { ...bare, name: null, domain: "northlight.example" });
  const contact = world.add("contacts", { ...bare, firstname: null, email: "mara@northlight.example" }, none);
  const deal = world.add("deals", { ...bare, dealname: null, dealstage: null, amount: null }, none);
  const timeless = world.add("notes", { ...bare, hs_timestamp: null, hs_note_body: null }, none);
  const call = world.add(
    "calls",
    { ...bare, hs_call_title: " ", hs_timestamp: "2026-03-02T09:30:00Z", hs_call_duration: "soon" },
    { ...none, contacts: [contact.id] },
  );
  const plain = world.add(
    "emails",
    { ...bare, hs_email_html: null, hs_email_text: "Plain\n<b>text</b>" },
    none,
  );
  await place.connect();
  await place.sync();
  const titles = await place.sql(
    'SELECT "title", "url", "author" FROM "mdArtifacts" ORDER BY "url", "title"',
  );
  const home = "https://app-eu1.hubspot.com/contacts/1234567/record";
  expect(titles).toEqual([
    [`Note ${timeless.id}`, null, null],
    [plain.properties["hs_email_subject"], null, null],
    ["mara@northlight.example", `${home}/0-1/${contact.id}`, null],
    [
      "Call about mara@northlight.example, 2026-03-02",
      `${home}/0-1/${contact.id}?engagement=${call.id}`,
      null,
    ],
    ["northlight.example", `${home}/0-2/${company.id}`, null],
    [`Deal ${deal.id}`, `${home}/0-3/${deal.id}`, null],
  ]);
  expect(await place.markdown(plain)).toContain("Plain\n\n\\<b>text");
  expect(await place.markdown(call)).not.toContain("Duration");
});
