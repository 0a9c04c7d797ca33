import { describe, expect, test } from "bun:test";
import { readWhole } from "./fixtures";

const lines = (...all: string[]) => all.join("\r\n");

describe("a calendar", () => {
  test("tells each appointment's time, place, people and text; alarms stay out", async () => {
    const read = await readWhole(
      "team.ics",
      lines(
        "BEGIN:VCALENDAR",
        "X-WR-CALNAME:Team",
        "BEGIN:VEVENT",
        "SUMMARY:Tides\\, and",
        "  the moon",
        'DTSTART;TZID="Europe/Berlin":20260501T090000',
        "DTEND;TZID=Europe/Berlin:20260501T100000",
        "RRULE:FREQ=WEEKLY;BYDAY=FR",
        "LOCATION:Room 5",
        "ORGANIZER;CN=Ada:mailto:ada@example.com",
        "ATTENDEE;CN=Bob;PARTSTAT=ACCEPTED:mailto:bob@example.com",
        "ATTENDEE:MAILTO:c@example.com",
        "DESCRIPTION:First\\nsecond",
        "BEGIN:VALARM",
        "DESCRIPTION:Ring",
        "END:VALARM",
        "END:VEVENT",
        "BEGIN:VTODO",
        "SUMMARY:Write it down",
        "DUE;VALUE=DATE:20260502",
        "STATUS:NEEDS-ACTION",
        "END:VTODO",
        "END:VCALENDAR",
      ),
    );
    expect(read).toMatchObject({ title: "Team", metadata: { entries: 2 } });
    expect(read.artifactDate).toBeUndefined();
    expect(read.markdown).toBe(
      "## Tides, and the moon\n\n- When: 2026-05-01 09:00 Europe/Berlin to 2026-05-01 10:00 Europe/Berlin\n" +
        "- Repeats: FREQ=WEEKLY;BYDAY=FR\n- Where: Room 5\n- Organiser: Ada (ada@example.com)\n" +
        "- Attendees: Bob (bob@example.com), c@example.com\n\nFirst\nsecond\n\n" +
        "## Write it down\n\n- Due: 2026-05-02\n- Status: needs-action",
    );
  });

  test("with one appointment is that one, with its date", async () => {
    const read = await readWhole(
      "invite.ics",
      lines(
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "SUMMARY:Tides",
        "DTSTART:20260501T090000Z",
        "END:VEVENT",
        "END:VCALENDAR",
      ),
    );
    expect(read).toMatchObject({ title: "Tides", artifactDate: "2026-05-01T09:00:00.000Z" });
    expect((await readWhole("no.ics", "just text")).markdown).toBe("just text");
  });
});

describe("an address book", () => {
  test("tells each contact's name, work, and how to reach it, without pictures", async () => {
    const read = await readWhole(
      "team.vcf",
      lines(
        "BEGIN:VCARD",
        "VERSION:3.0",
        "N:Lovelace;Ada;;;",
        "FN:Ada Lovelace",
        "ORG:Engines\\; Ltd;Numbers",
        "item1.EMAIL;TYPE=INTERNET:ada@example.com",
        "TEL;TYPE=CELL:+44 1",
        "TEL;TYPE=WORK:+44 2",
        "ADR;TYPE=WORK:;;1 Street;London;;;UK",
        "PHOTO;ENCODING=b;TYPE=JPEG:AAAABBBB",
        "NOTE:Met in May\\nAsk her",
        "END:VCARD",
        "BEGIN:VCARD",
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Gr=C3=BC=",
        "=C3=9Fe;Bob",
        "END:VCARD",
      ),
    );
    expect(read.metadata).toMatchObject({ contacts: 2 });
    expect(read.markdown).toBe(
      "## Ada Lovelace\n\n- Organisation: Engines; Ltd, Numbers\n- Email: ada@example.com\n- Phone: +44 1; +44 2\n" +
        "- Address: 1 Street, London, UK\n\nMet in May\nAsk her\n\n## Bob Grüße",
    );
  });
});
