import { describe, expect, test } from "bun:test";
import { pdfOf, readWhole, refusalOf } from "./fixtures";

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

  test("have what their attachments say below them, also in a mail within a mail, and pass over what cannot be read", async () => {
    const part = (type: string, name: string, content: string | Uint8Array) =>
      `--b\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\n` +
      `Content-Transfer-Encoding: base64\r\n\r\n${Buffer.from(content).toString("base64")}\r\n`;
    const start = `${HEAD}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nBody\r\n`;
    const inner = `${start}${part("text/csv", "sums.csv", "a,b\n1,2\n")}--b--`;
    const mail =
      start +
      part("application/pdf", "plan.pdf", pdfOf([[[11, 700, "The plan"]]])) +
      part("application/octet-stream", "old.eml", inner) +
      part("application/pdf", "broken.pdf", "none") +
      part("image/png", "logo.png", "x") +
      "--b--";
    const { markdown } = await readWhole("a.eml", mail);
    expect(markdown).toContain(
      "Body\n\n## Attachments\n\n- plan.pdf\n- old.eml\n- broken.pdf\n- logo.png\n\n### plan.pdf\n\nThe plan\n\n### old.eml\n\n",
    );
    expect(markdown).toEndWith(
      "#### Attachments\n\n- sums.csv\n\n##### sums.csv\n\n| a | b |\n| --- | --- |\n| 1 | 2 |",
    );
    const box = await readWhole("a.mbox", `From a@b.c Fri May  1 09:00:00 2026\r\n${mail}`);
    expect(box.markdown).toContain("- plan.pdf");
    expect(box.markdown).not.toContain("The plan");
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
