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

  test("are two where an and stands between them, in any language", () => {
    expect(
      entities("Para la próxima semana nos mandaron una oferta mejor Ana Robles y Tomás Prieto.").sort(),
    ).toEqual(["Ana Robles", "Tomás Prieto"]);
    expect(entities("Abbiamo deciso di estendere il pilota di questo anno a Bologna e Verona.")).toEqual([
      "Bologna",
      "Verona",
    ]);
    expect(entities("A festa do escritório de agosto é com a Joana Ferreira e o Rui Tavares.")).toContain(
      "Rui Tavares",
    );
  });

  test("keep articles with a capital of their own", () => {
    const found = entities(
      "Last week we met Marco De Santis at his house in Los Angeles, and the LA Galaxy played in a stadium near La Paz.",
    );
    for (const name of ["Marco De Santis", "Los Angeles", "LA Galaxy", "La Paz"])
      expect(found).toContain(name);
    expect(entities("La tiene Pilar. El Banco no abre, y la tiene Pilar Gómez.")).not.toContain(
      "La tiene Pilar",
    );
  });

  test("are no headings in capitals, greetings, time zones or numbers of things", () => {
    const markdown = `# ОПИСАНИЕ

Merci Luc. Danke Petra. We meet at 10:00 UTC.

## OPTIONS

As Table 3 and Figure 12 show, pump 7 is old. Nearly 14 days passed. Sentence 9 says so.`;
    expect(entities(markdown)).toEqual(["Luc", "Petra"]);
    expect(
      entities("Wir zählen die Anzahl von Paketen, den Status von Trigger und 5 EUR von Helge Kreutzmann."),
    ).toEqual(["Helge Kreutzmann"]);
    expect(entities("Ich gewähre Ihnen 5 % und sehe Sie in Halle 3.")).toEqual([]);
    expect(entities("We moved to Windows 11 last year.")).toEqual(["Windows 11"]);
    expect(entities("| Who | How |\n| --- | --- |\n| SRE | DNS |")).toEqual(["SRE", "DNS"]);
  });

  test("of tickets are their keys without words of the titles behind", () => {
    const found = entities("It is blocked by ENG-13 Order a relay, and blocks ENG-1 Drain dock 3.");
    expect(found).toEqual(expect.arrayContaining(["ENG-13", "ENG-1"]));
    for (const name of found) expect(name).not.toContain(" ");
  });

  test("end where one owns the other", () => {
    const found = entities(
      "In the evening we read about Emperor Hadrian's Wall on the screen of Anna Berg’s MacBook at home.",
    );
    expect(found).toEqual(expect.arrayContaining(["Emperor Hadrian", "Anna Berg", "MacBook"]));
  });

  test("begin behind a verb that tells what to do", () => {
    const found = entities(
      "Select Claude for it. The team uses Claude. Open Grafana first; we like Grafana.",
    );
    expect(found.sort()).toEqual(["Claude", "Grafana"]);
  });

  test("of people are one, however they are called", () => {
    const metadata = { participants: ["Joey Tribbiani", "Cem Aydin"] };
    const markdown = `${"Then Joey laughed, and so did Joey. ".repeat(4)} Ask @Cem Aydin, and @cem again. We saw Joey Smith.`;
    const found = entities(markdown, { metadata });
    expect(found).toEqual(expect.arrayContaining(["Joey Tribbiani", "Cem Aydin"]));
    for (const other of ["Joey", "@Cem", "@cem"]) expect(found).not.toContain(other);
  });

  test("hold hosts that are shown, not those behind the words of a link", () => {
    expect(entities("See [the plan](https://app.example.com/1) and https://docs.example.org/2.")).toEqual([
      "docs.example.org",
    ]);
  });

  test("of a table of things are the names in its cells", () => {
    const markdown = `| Customer | Owner | Close Date |
| --- | --- | --- |
| Globex GmbH | Anna Berg | Next Week |
| Acme | Tomás Prieto | open |`;
    const found = entities(markdown, { kind: "table" });
    expect(found.sort()).toEqual(["Anna Berg", "Globex GmbH", "Tomás Prieto"]);
    expect(entities("Globex GmbH liefert die Ventile, und eine andere GmbH baut sie ein.")).toEqual([
      "Globex GmbH",
    ]);
  });

  test("are no first words of a commit or of a ticket's title, nor tags in code", () => {
    const markdown =
      "## Commits\n\n- `0012a3f` Tighten the berth (ada)\n- blocks ENG-1 Drain the dock at noon";
    expect(entities(markdown)).toEqual(["ENG-1"]);
    expect(entities("```ts\n// @throws when it is too late\n```", { kind: "code" })).toEqual([]);
  });

  test("end with a word that is a small one elsewhere", () => {
    const minutes = "Cuộc họp quyết định: Ông Nguyễn Văn An ký hợp đồng với Viettel Post trước tháng 4.";
    expect(entities(minutes).sort()).toEqual(["Nguyễn Văn An", "Viettel Post"]);
    expect(entities("In the morning we met Amit Das, and then Anna said If only we knew.").sort()).toEqual([
      "Amit Das",
      "Anna",
    ]);
  });

  test("are no Greek, Turkish or Indonesian days", () => {
    expect(entities("Το φορτίο φτάνει την Πέμπτη με την Aegean.")).toEqual(["Aegean"]);
    expect(entities("Toplantı bu hafta Pazartesi günü Elif Demir ile yapıldı.")).toEqual(["Elif Demir"]);
  });
});
