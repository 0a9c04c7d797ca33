import { describe, expect, test } from "bun:test";
import { readWhole, refusalOf } from "./fixtures";

const HEAD =
  "From: =?utf-8?Q?Ad=C3=A1?= <ada@example.com>\r\nTo: Bob <bob@example.com>, c@example.com\r\n" +
  "Subject: =?utf-8?B?SMOpbGxv?= there\r\nDate: Fri, 01 May 2026 09:00:00 +0200\r\nMessage-ID: <1@x>\r\n";

describe("mails", () => {
  test("tell who wrote to whom, when, and what", async () => {
    const read = await readWhole("a.eml", `${HEAD}\r\nFirst line\r\n\r\nSecond`);
    expect(read).toMatchObject({
      title: "Héllo there",
      kind: "email",
      author: "Adá (ada@example.com)",
      artifactDate: "2026-05-01T07:00:00.000Z",
      metadata: { to: ["Bob (bob@example.com)", "c@example.com"], messageId: "<1@x>" },
    });
    expect(read.markdown).toBe(
      "- **From:** Adá (ada@example.com)\n- **To:** Bob (bob@example.com), c@example.com\n" +
        "- **Date:** 2026-05-01T07:00:00.000Z\n- **Subject:** Héllo there\n\nFirst line\n\nSecond",
    );
  });

  test("in HTML become markdown, and attachments are listed by name", async () => {
    const mail =
      `${HEAD}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n` +
      "--b\r\nContent-Type: text/html; charset=iso-8859-1\r\n\r\n<p>Gr\xfc\xdfe <b>bold</b></p>\r\n" +
      "--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=report.pdf\r\n\r\nxx\r\n--b--";
    const read = await readWhole("a.eml", Buffer.from(mail, "latin1"));
    expect(read.markdown).toEndWith("Grüße **bold**\n\n## Attachments\n\n- report.pdf");
  });

  test("without any header are taken for the text they are", async () => {
    const read = await readWhole("note.eml", "just text\nand more");
    expect(read).toMatchObject({ title: "note", kind: "email", markdown: "just text\nand more" });
    expect((await readWhole("empty.eml", "")).markdown).toBe("");
  });

  test("with broken dates, endless people or a cut end are still read", async () => {
    const to = Array.from({ length: 80 }, (_, at) => `p${at}@x.y`).join(", ");
    const mail = `From: a@b.c\r\nTo: ${to}\r\nDate: someday\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nText`;
    const read = await readWhole("a.eml", mail, { truncated: true, size: 30_000_000 });
    expect(read.artifactDate).toBeUndefined();
    expect(read.markdown).toContain("p49@x.y, 30 more");
    expect(read.markdown).toContain("Text\n\n> **Cut here.** The file has 30 MB");
  });

  test("nested a thousand parts deep are refused in plain words", async () => {
    const deep = Array.from(
      { length: 1_000 },
      (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\n\n--b${at}\n`,
    );
    expect(await refusalOf(readWhole("deep.eml", deep.join("")))).toContain(
      "deep.eml is not a mail that can be read.",
    );
  });
});
