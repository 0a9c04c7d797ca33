import { describe, expect, test } from "bun:test";
import { withoutSignature } from "./closings";
import { extractOffline } from "./offline";

const kept = (mail: string) => withoutSignature(mail.split("\n")).join("\n");

describe("a mail", () => {
  test("ends at its closing words, in many languages", () => {
    for (const closing of [
      "Best regards,",
      "Kind regards",
      "Mit freundlichen Grüßen",
      "Viele Grüße,",
      "Cordialement,",
      "Un saludo,",
      "Cordiali saluti",
      "Met vriendelijke groet,",
      "Pozdrawiam",
      "С уважением,",
      "以上",
      "此致",
      "--",
    ]) {
      expect(kept(`The pump is here.\n\n${closing}\nDana\nManager | Brightwater Ltd`)).toBe(
        "The pump is here.\n",
      );
    }
  });

  test("goes on below thanks and below formulas that are not its end", () => {
    const thanks = "Hi Sam,\n\nThanks!\n\nThe pump is here.\nIt runs.\nNobody heard it.\nWe keep it.";
    expect(kept(thanks)).toBe(thanks);
    expect(kept("The pump is here.\n\nThanks,\nDana")).toBe("The pump is here.\n");
    const long = `Regards\n${"This is a line of the mail itself.\n".repeat(20)}`;
    expect(kept(long)).toBe(long);
  });

  test("in a thread ends by itself, and the next one is read", () => {
    const thread =
      "# Pump\n\n## Dana\n\nIt leaks.\n\n--\nDana\n\n## Sam\n\nWeld it.\n\nRegards,\nSam\n\n## Dana\n\nDone.";
    expect(kept(thread)).toBe("# Pump\n\n## Dana\n\nIt leaks.\n\n## Sam\n\nWeld it.\n\n## Dana\n\nDone.");
  });

  test("gives neither its head nor its signature as key points, and its writer once", () => {
    const markdown = `From: Dana Whitfield (dana@brightwater.example)
To: Sam Ortiz (support@pumpworks.example)
Date: 2026-03-09T15:20:00.000Z
Subject: Re: Order 88213, wrong impeller for the pump in Dover

The box from order 88213 held the steel impeller. We need the bronze one before Thursday.

Best regards,
Dana Whitfield
T: +44 20 7946 0000 | Brightwater Ltd, maintenance of pumps since 1950

On Mon, 9 Mar 2026 at 11:02, Sam Ortiz wrote:
> Which impeller did you order?`;
    const { keyPoints, questionsAnswered, entities } = extractOffline({
      kind: "email",
      title: "Re: Order 88213, wrong impeller",
      author: "Dana Whitfield (dana@brightwater.example)",
      markdown,
    });
    expect(keyPoints).toEqual(["The box from order 88213 held the steel impeller."]);
    expect(questionsAnswered).toEqual([]);
    expect(entities.filter((name) => name.startsWith("Dana"))).toEqual(["Dana Whitfield"]);
    expect(entities).toContain("Sam Ortiz");
  });
});
