/** Records that would be read for something else by whoever does not know what HubSpot means by them. */
import { describe, expect, test } from "bun:test";
import { hubspot } from "@test/hubspot";

const none = { companies: [], contacts: [], deals: [] };
const NO_ANSWER = "73a0d17f-1163-4015-bdd5-ec830791da20";

describe("an email", () => {
  // hs_email_status, as HubSpot documents it: BOUNCED, FAILED, SCHEDULED, SENDING, SENT.
  test("that reached nobody says so, and all who were written to are named", async () => {
    await using place = await hubspot({ objects: "emails" });
    const { world } = place;
    const email = (direction: string, status: string | null) =>
      world.add("emails", {
        hs_email_direction: direction,
        hs_email_status: status,
        hs_email_to_email: "mara@northlight.example",
        hs_email_cc_email: "cem@acme.example;dora@acme.example",
      });
    const [sent, bounced, draft, planned, forwarded] = [
      email("EMAIL", "SENT"),
      email("EMAIL", "BOUNCED"),
      email("DRAFT_EMAIL", null),
      email("EMAIL", "SCHEDULED"),
      email("FORWARDED_EMAIL", "SENT"),
    ];
    await place.connect();
    await place.sync();
    expect(await place.markdown(sent)).toContain("- Cc: cem@acme.example;dora@acme.example\n");
    expect(await place.markdown(sent)).not.toMatch(/- (?:Status|Direction):/);
    expect(await place.markdown(bounced)).toContain("- Status: bounced\n");
    expect(await place.markdown(draft)).toContain("- Status: draft, not sent\n");
    expect(await place.markdown(planned)).toContain("- Status: scheduled\n");
    expect(await place.markdown(forwarded)).toContain("- Direction: forwarded to HubSpot\n");
  });

  test("whose text is held back is not told by HubSpot's notice: the scope that it takes is named", async () => {
    await using place = await hubspot({ objects: "emails, notes" });
    place.world.add("notes");
    place.world.add("emails", {
      hs_email_html:
        "The content of this email has been redacted. To include it in the response, your app must require the sales-email-read scope.",
    });
    await place.connect();
    expect(await place.sync()).toMatchObject({
      state: "failed",
      inserted: 1,
      error: expect.stringContaining("lacks a scope that this takes (sales-email-read)"),
    });
    expect((await place.keys()).map((key) => key.split(":")[1])).toEqual(["note"]);
  });

  test("in which somebody else writes that notice keeps no other from being read", async () => {
    await using place = await hubspot({ objects: "emails" });
    const notice = "The content of this email has been redacted. Ask for sales-email-read.";
    const hostile = place.world.add("emails", { hs_email_html: notice });
    const usual = place.world.add("emails", { hs_email_html: "<p>The gate opens in May.</p>" });
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 2 });
    expect(await place.markdown(hostile)).toContain("has been redacted");
    expect(await place.markdown(usual)).toContain("The gate opens in May.");
  });
});

describe("stages and outcomes", () => {
  test("are told by the names that the account gave them, and follow a new name with the next full sync", async () => {
    await using place = await hubspot({ objects: "companies, contacts, calls" });
    const { world } = place;
    const company = world.add("companies", { lifecyclestage: "48213421" });
    const call = world.add("calls", { hs_call_status: "COMPLETED", hs_call_disposition: NO_ANSWER }, none);
    await place.connect();
    await place.sync();
    expect(await place.markdown(company)).toContain("- Lifecycle stage: In dry dock\n");
    expect(await place.sql('SELECT "lifecycleStage" FROM "hubspotCompany"')).toEqual([["In dry dock"]]);
    expect(await place.markdown(call)).toContain("- Outcome: Nobody there\n");
    world.choices.get("lifecyclestage")?.set("48213421", "Afloat");
    expect(await place.sync("full")).toMatchObject({ updated: 1 });
    expect(await place.markdown(company)).toContain("- Lifecycle stage: Afloat\n");
  });

  test("are told as far as they are known where the token may not ask for their names", async () => {
    await using place = await hubspot({ objects: "contacts, calls" });
    const { world } = place;
    place.fake.lacking.add("crm.schemas.contacts.read");
    const contact = world.add("contacts", { lifecyclestage: "customer" }, none);
    const call = world.add("calls", { hs_call_disposition: NO_ANSWER }, none);
    const own = world.add("calls", { hs_call_disposition: "0bf1994a-ba83-456b-9394-0ee1f3fc35fb" }, none);
    await place.connect();
    expect(await place.sync()).toMatchObject({ state: "succeeded", inserted: 3 });
    expect(await place.markdown(contact)).toContain("- Lifecycle stage: customer\n");
    expect(await place.markdown(call)).toContain("- Outcome: No answer\n");
    expect(await place.markdown(own)).not.toContain("Outcome");
  });
});
