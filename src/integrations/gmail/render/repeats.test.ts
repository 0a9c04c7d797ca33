import { describe, expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { withoutRepeats, withoutSignature } from "./repeats";
import { Said } from "./said";

const FIRST =
  "Hello Ana,\n\nthe pump costs 400 euros, and comes in two weeks.\n\nDo you want it painted, and in which colour?";
const PEOPLE = ["bo lindqvist", "bo@pumps.example", "ana silva", "ana@harbour.example"];

/** What is left of a message that follows `before`. */
function left(markdown: string, ...before: string[]): string {
  const said = new Said();
  for (const text of before.length === 0 ? [FIRST] : before) said.learn(text);
  return withoutRepeats(markdown, said, PEOPLE);
}

describe("a quoted mail", () => {
  test("goes with the line that says whose it is, however its lines are broken", () => {
    const quote = "> Hello Ana,\n>\n> the pump costs 400 euros,\n> and comes in two weeks.";
    expect(
      left(
        `Yes please.\n\nOn Tue, 12 May 2026 at 11:31, Bo Lindqvist <\nbo@pumps.example> wrote:\n\n${quote}`,
      ),
    ).toBe("Yes please.");
    for (const claim of [
      "Am 12.05.2026 um 11:31 schrieb Bo Lindqvist <bo@pumps.example>:",
      "Le mar. 12 mai 2026 à 11:31, Bo Lindqvist a écrit :",
      "2026年5月12日(火) 11:31 Bo Lindqvist <bo@pumps.example>：",
    ])
      expect(left(`Oui.\n\n${claim}\n${quote}`)).toBe("Oui.");
  });

  test("leaves the answers between its parts where they stand", () => {
    const answer =
      "> the pump costs 400 euros, and comes in two weeks.\n\nTwo weeks is late.\n\n> Do you want it painted, and in which colour?\n\nGreen, as Bo Lindqvist said:\n\n> Do you want it painted, and in which colour?";
    expect(left(answer)).toBe("Two weeks is late.\n\nGreen, as Bo Lindqvist said:");
  });

  test("leaves words that were written into it", () => {
    expect(left("> the pump costs 400 euros, and comes in two weeks. TOO LATE FOR US")).toContain(
      "TOO LATE FOR US",
    );
  });

  test("that the thread does not hold stays whole, with whose it is", () => {
    const foreign =
      "See what they say.\n\nOn 1 May 2026, 10:00, Bo Lindqvist wrote:\n> The factory burns down.\n> Ok?";
    expect(left(foreign)).toBe(foreign);
  });

  test("is known in scripts without spaces as well", () => {
    expect(
      left("好的。\n\n> 水泵价格是四百欧元，\n> 两周后到货。", "您好，水泵价格是四百欧元，两周后到货。"),
    ).toBe("好的。");
    expect(left("> 水泵价格是九百欧元。", "您好，水泵价格是四百欧元。")).toBe("> 水泵价格是九百欧元。");
  });
});

describe("a mail below its head, without marks", () => {
  const head =
    "**From:** Bo Lindqvist <bo@pumps.example>\\\n**Sent:** Tuesday, 12 May 2026 11:31\\\n**To:** Ana Silva\\\n**Subject:** Pump";

  test("goes with its head and the line above it", () => {
    expect(left(`Fine.\n\n---\n\n${head}\n\n${FIRST}`)).toBe("Fine.");
    expect(
      left(
        `Gut.\n\n-----Ursprüngliche Nachricht-----\nVon: Bo Lindqvist\nGesendet: 12.05.2026 11:31\nAn: Ana Silva\n\n${FIRST}`,
      ),
    ).toBe("Gut.");
  });

  test("leaves what was written between its lines, and what is new of a forwarded one", () => {
    const said = `Fine.\n\n${head}\n\nthe pump costs 400 euros, and comes in two weeks.\n\nThis is far too late for the harbour.`;
    expect(left(said)).toContain("This is far too late for the harbour.");
    const forwarded = `See below.\n\n${head}\n\nWe have only blue paint left.`;
    expect(left(forwarded)).toBe(forwarded);
  });
});

describe("a signature", () => {
  const signed = (text: string) => `${text}\n\n--\n\nBo Lindqvist\\\nSales, Pumps Ltd\\\n+46 8 123 456`;

  test("is shown once of each writer", () => {
    expect(withoutSignature(signed("Yes."), signed("Hello."))).toBe("Yes.");
    expect(withoutSignature(signed("Yes."), undefined)).toBe(signed("Yes."));
  });

  test("is not taken for one where it is all there is, or one line", () => {
    expect(withoutSignature("Thanks\n\nAna", "Thanks\n\nAna")).toBe("Thanks\n\nAna");
    expect(withoutSignature("Come at once.\n\nAna", "Can you?\n\nAna")).toBe("Come at once.\n\nAna");
  });
});

test("long mails that look like nothing but heads and quotes cost little", async () => {
  const lines = "From: Bo Lindqvist 2026 bo@pumps.example\n> the pump costs 400 euros\n".repeat(20_000);
  expect(await cpuTimeOf(() => left(lines))).toBeLessThan(5_000);
});
