import { describe, expect, test } from "bun:test";
import { blocksOf } from "./blocks";
import { entitiesOf } from "./entities";
import type { InsightInput } from "./types";
import { guessLanguage } from "./language";

function entities(markdown: string, more: Partial<InsightInput> = {}): string[] {
  const artifact: InsightInput = { kind: "document", title: "", markdown, ...more };
  return entitiesOf(artifact, blocksOf(artifact), guessLanguage(markdown));
}

describe("entities", () => {
  test("are names of several words, with the small words inside them and a number behind", () => {
    const found = entities(
      "Our offices are near the University of Oxford and in New England. We pay Vincent van Dam and AT&T, and moved to Windows 11 last year.",
    );
    for (const name of ["University of Oxford", "New England", "Vincent van Dam", "AT&T", "Windows 11"]) {
      expect(found).toContain(name);
    }
  });

  test("do not take the first word of a sentence for a name", () => {
    expect(entities("Shipping is late. Customers wait for parcels. Parcels are lost.")).toEqual([]);
    expect(entities("The People page lists who knows what: ask People & Guys.")).not.toContain("People");
    expect(entities("Yesterday Anna Berg wrote. Fellow Panthers came; a fellow was late.")).toEqual([
      "Anna Berg",
      "Panthers",
    ]);
  });

  test("join a surname to the full name it belongs to", () => {
    const found = entities("We met Thomas Davis at noon. Then Davis left. It was Davis who asked.");
    expect(found).toEqual(["Thomas Davis"]);
  });

  test("are spelt as they mostly are, once, without regard to case", () => {
    const found = entities("We use GitHub. The Github page, our GitHub account and the GitHub app are fine.");
    expect(found).toEqual(["GitHub"]);
  });

  test("are acronyms, products and ticket keys, but not shouting or protocol words", () => {
    const found = entities(
      "The SEPA file for iPhone and GPT-4 is in ENG-123. PLEASE DO NOT POST THIS. It is OK and TODO by PM.",
    );
    expect(found.sort()).toEqual(["ENG-123", "GPT-4", "SEPA", "iPhone"]);
  });

  test("are addresses, hosts and mentions", () => {
    const found = entities(
      "Write to Ops@Example.com or @jane.doe, see https://www.docs.example.org/path?q=1 for more.",
    );
    expect(found.sort()).toEqual(["@jane.doe", "docs.example.org", "ops@example.com"]);
  });

  test("are no dates, months or weekdays in any of the usual languages", () => {
    expect(
      entities("We meet on Monday, 3 March 2026, and again in Februar, on Samedi and in Enero or Sept."),
    ).toEqual([]);
  });

  test("hold authors, tags and people of the metadata first", () => {
    const metadata = {
      tags: ["payments"],
      participants: [{ name: "Chen Wei" }, [7], "Ana"],
      other: "No Name",
    };
    const found = entities("We met Acme Corp twice.", { author: "Priya Nair", metadata });
    expect(found.slice(0, 4).sort()).toEqual(["Ana", "Chen Wei", "Priya Nair", "payments"]);
    expect(found).not.toContain("No Name");
  });

  test("take no title in capitals for evidence, but count what the text confirms", () => {
    const found = entities("# Great Big Plans For Everyone\n\nWe work with Acme Corp on it.");
    expect(found).toEqual(["Acme Corp"]);
  });

  test("are at most 25, the weightiest first", () => {
    const names = Array.from(
      { length: 60 },
      (_, i) => `we met Person${String.fromCharCode(97 + (i % 26))}${"x".repeat(i / 26)} Smith`,
    );
    const found = entities(
      `${names.join(". ")}. In short, we met Anna Berg, Anna Berg, Anna Berg and Anna Berg.`,
    );
    expect(found).toHaveLength(25);
    expect(found[0]).toBe("Anna Berg");
  });
});
