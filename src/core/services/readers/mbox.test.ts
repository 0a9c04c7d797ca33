import { describe, expect, test } from "bun:test";
import { readWhole } from "./fixtures";

const mail = (subject: string, body: string, day = 1) =>
  `From ada@example.com Fri May 0${day} 09:00:00 2026\nFrom: Ada <ada@example.com>\nTo: Bob <bob@example.com>\n` +
  `Subject: ${subject}\nDate: Fri, 0${day} May 2026 09:00:00 +0000\n\n${body}\n\n`;

describe("a mailbox", () => {
  test("shows each mail below its subject, and is dated as its newest", async () => {
    const read = await readWhole(
      "Archive/team.mbox",
      mail("Budget", "It is 900 euros.", 2) + mail("Lunch", "At one."),
    );
    expect(read).toMatchObject({
      title: "team",
      kind: "email",
      artifactDate: "2026-05-02T09:00:00.000Z",
      metadata: { mails: 2 },
    });
    expect(read.markdown).toBe(
      "## Budget\n\n- **From:** Ada (ada@example.com)\n- **To:** Bob (bob@example.com)\n" +
        "- **Date:** 2026-05-02T09:00:00.000Z\n- **Subject:** Budget\n\nIt is 900 euros.\n\n" +
        "## Lunch\n\n- **From:** Ada (ada@example.com)\n- **To:** Bob (bob@example.com)\n" +
        "- **Date:** 2026-05-01T09:00:00.000Z\n- **Subject:** Lunch\n\nAt one.",
    );
  });

  test("is not cut where a line merely begins with From, quoted or not", async () => {
    const body = "From the start it was clear.\n\n>From here on it was not.\n\nFrom 2 to 3 people came.";
    const read = await readWhole("a.mbox", mail("One", body) + mail("Two", "End."));
    expect(read.metadata["mails"]).toBe(2);
    expect(read.markdown).toContain(
      "From the start it was clear.\n\nFrom here on it was not.\n\nFrom 2 to 3 people",
    );
  });

  test("is read as Gmail and Windows write it, in any charset, with attachments by name", async () => {
    const gmail =
      "From 1799@xxx Fri May 01 09:00:00 +0000 2026\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMIME-Version: 1.0\r\n" +
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n" +
      "Sch\xf6n\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=plan.pdf\r\n\r\nxx\r\n--b--\r\n\r\n" +
      "From 1800@xxx Fri May 01 10:00:00 +0000 2026\r\nSubject: Next\r\n\r\nText\r\n";
    const { markdown, metadata } = await readWhole("Takeout.mbox", Buffer.from(gmail, "latin1"));
    expect(metadata["mails"]).toBe(2);
    expect(markdown).toContain("## Grüße");
    expect(markdown).toContain("Schön\n\n### Attachments\n\n- plan.pdf");
    expect(markdown).toContain("## Next");
  });

  test("says what is left out of a large one", async () => {
    const many = Array.from({ length: 1_002 }, (_, at) => mail(`Mail ${at}`, "Text")).join("");
    const { markdown } = await readWhole("many.mbox", many);
    expect(markdown).toEndWith(
      "The first 1000 of 1002 mails are shown. Export smaller mailboxes for the rest.",
    );
    expect(markdown).not.toContain("Mail 1000");
  });

  test("without any mail says nothing", async () => {
    for (const text of ["", "no mailbox", "From nobody", "\nFrom "]) {
      expect((await readWhole("a.mbox", text)).markdown).toBe("");
    }
  });
});
