/** The gallery of the documentation is what the integration makes of the stand-in's records. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { salesforce } from "@test/salesforce";
import type { FakeRecord, Value } from "../../../test/fakes/salesforce/world";

const at = "2026-03-02T09:30:00.000+0000";
const later = "2026-03-03T08:00:00.000+0000";

test("a record of each object is in the documentation as it is rendered", async () => {
  await using place = await salesforce({ custom: "Project__c" });
  const { world } = place;
  const [ana, bo] = world.users;
  const made = { OwnerId: ana.id, CreatedById: ana.id, CreatedDate: at };
  const add = (object: string, values: Record<string, Value>) => world.add(object, { ...made, ...values });
  const account = add("Account", {
    ...{
      Name: "Northlight Docks",
      Type: "Customer",
      Industry: "Ship building",
      Website: "northlight.example",
    },
    ...{ BillingCity: "Faro", BillingCountry: "Portugal", NumberOfEmployees: 120, AnnualRevenue: 4.8e7 },
    ...{ Region__c: "South", Terms__c: "<p>Net <b>30</b> days.</p>" },
    Description: "Repairs ferries.\nThree docks, one of them dry.",
  });
  const about = { AccountId: account.id };
  const contact = add("Contact", {
    ...{ ...about, Name: "Mara Keller", Title: "Head of repairs", Email: "mara@northlight.example" },
    ...{ Phone: "+351 289 000 000", Description: null },
  });
  const lead = add("Lead", {
    ...{ Name: "Cem Acar", Company: "Bosphorus Lines", Title: "Fleet manager", Status: "Working" },
    ...{ LeadSource: "Trade fair", Description: "Asked for the price of two pumps." },
  });
  const project = add("Project__c", {
    ...{ Name: "Dock 3", Budget__c: 120_000, Start__c: "2026-05-01", Client__c: account.id },
    Plan__c: "First the gates, then the pumps.",
  });
  const deal = add("Opportunity", {
    ...{
      ...about,
      Name: "Pumps for dock 3",
      StageName: "Qualification",
      Amount: 52_000,
      CurrencyIsoCode: "EUR",
    },
    ...{ Probability: 60, CloseDate: "2026-06-30", NextStep: "Send the *second* offer", Site__c: project.id },
    ...{ ForecastCategoryName: "Best Case", Description: "Two pumps, with service for three years." },
  });
  world.move(deal, "Negotiation");
  world.change(deal, { Amount: 48_000, OwnerId: ana.id });
  const [first, second] = world.live("OpportunityHistory");
  Object.assign(first?.values ?? {}, { CreatedDate: at });
  Object.assign(second?.values ?? {}, { CreatedDate: later, Amount: 48_000, CreatedById: bo.id });
  world.add("OpportunityContactRole", { OpportunityId: deal.id, ContactId: contact.id, IsPrimary: true });
  const ticket = add("Case", {
    ...{
      ...about,
      CaseNumber: "00001027",
      Subject: "Pump 4 loses oil",
      ContactId: contact.id,
      Status: "Working",
    },
    ...{ Priority: "High", Origin: "Email", Description: "A litre an hour.\nSince Monday." },
  });
  const mail = {
    FromName: "Mara Keller",
    ToAddress: "desk@harbour.example",
    MessageDate: at,
    CreatedDate: at,
  };
  world.write(ticket, "EmailMessage", {
    ...mail,
    Subject: "Pump 4",
    TextBody: "It loses a litre an hour. What can we do?",
  });
  world.write(ticket, "CaseComment", {
    CommentBody: "Gasket, as in May.",
    CreatedById: bo.id,
    CreatedDate: "2026-03-02T10:00:00.000+0000",
  });
  world.write(ticket, "EmailMessage", {
    ...{
      ...mail,
      FromName: "Ana Silva",
      ToAddress: "mara@northlight.example",
      Incoming: false,
      Subject: "Re: Pump 4",
    },
    ...{ MessageDate: later, HasAttachment: true },
    TextBody:
      "Close valve 7.\n\n--------------- Original Message ---------------\nFrom: Mara Keller\nIt loses a litre an hour.",
  });
  const task = add("Task", {
    ...{
      ...about,
      Subject: "Send the gasket",
      WhatId: ticket.id,
      WhoId: contact.id,
      ActivityDate: "2026-03-05",
    },
    ...{ Status: "In Progress", Priority: "High", Description: "Two of store B." },
  });
  const event = add("Event", {
    ...{ ...about, Subject: "On site", WhatId: deal.id, WhoId: contact.id, Location: "Dock 3" },
    ...{ StartDateTime: later, EndDateTime: "2026-03-03T10:00:00.000+0000", Description: "Measured dock 3." },
  });
  const note = add("Note", { Title: "Discount", Body: "Asked for 5 %.", ParentId: account.id });
  const html = "<p>Asked for a discount:</p><ul><li><b>5 %</b> at once</li></ul>";
  const modern = add("ContentNote", { Title: "Call with Mara", Html: html });
  world.link(modern, deal.id);
  const article = add("Knowledge__kav", {
    ...{ Title: "Drain dock 3", ArticleNumber: "000001004", VersionNumber: 3, LastPublishedDate: at },
    ...{
      Summary: "For whoever is on watch.",
      Answer__c: "<ol><li>Close the gates.</li><li>Start <b>pump 4</b>.</li></ol>",
    },
  });
  const parts: [string, FakeRecord][] = [
    ["An account", account],
    ["A contact", contact],
    ["A lead", lead],
    ["A deal", deal],
    ["A case", ticket],
    ["A task", task],
    ["An event", event],
    ["A note", note],
    ["A note of Lightning", modern],
    ["An article", article],
    ["A record of an object of one's own", project],
  ];
  await place.sync();
  const shown = [];
  for (const [title, record] of parts) shown.push({ title, markdown: await place.markdown(record) });
  await keepGallery("salesforce", import.meta.path, shown, (text) => text);
});

test("what a title, a time or a conversation is made of may be missing", async () => {
  await using place = await salesforce();
  const { world } = place;
  const bare = { OwnerId: null, CreatedById: null, AccountId: null };
  const account = world.add("Account", { ...bare, Name: "Northlight" });
  const silent = world.add("Case", { ...bare, Subject: " ", CaseNumber: "00000009", Description: null });
  const call = world.add("Task", { ...bare, Subject: null, WhatId: account.id, ActivityDate: "2026-03-05" });
  const lost = world.add("Event", { ...bare, Subject: null, WhoId: null, StartDateTime: null });
  world.write(silent, "EmailMessage", {
    FromName: null,
    MessageDate: null,
    TextBody: null,
    HtmlBody: null,
    Status: "5",
  });
  world.write(silent, "CaseComment", { CommentBody: "# not a heading\n<script>", CreatedById: null });
  await place.sync();
  const titles = await place.sql(
    'SELECT "integrationArtifactId", "title", "author" FROM "mdArtifacts" ORDER BY 2',
  );
  expect(titles).toEqual([
    [`salesforce:case:${silent.id}`, "Case 00000009", null],
    [`salesforce:event:${lost.id}`, `Event ${lost.id}`, null],
    [`salesforce:account:${account.id}`, "Northlight", null],
    [`salesforce:task:${call.id}`, "Task about Northlight, 2026-03-05", null],
  ]);
  const shown = await place.markdown(silent);
  expect(shown).toContain("\\# not a heading\n\n\\<script>");
  expect(shown).toMatch(/\*\*Somebody\*\* \(.+, e-mail, from outside, draft, not sent\):/);
});
