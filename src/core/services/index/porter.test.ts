import { describe, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { porterStem } from "./porter";

const examples =
  "caresses ponies ties caress cats feed agreed plastered motoring sing conflated troubled sized hopping tanned falling " +
  "hissing fizzed failing filing happy sky relational conditional rational digitizer radically differently vilely " +
  "analogously vietnamization predication operator feudalism decisiveness hopefulness callousness formality " +
  "sensitivity sensibility triplicate formative formalize electricity electrical hopeful goodness revival allowance " +
  "inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption communism " +
  "activate angularity homologous effective bowdlerize probate rate cease controlling roll syzygy yearly generalizations";

/** The stem that SQLite's own porter tokenizer makes of a word. */
function sqliteStem(word: string): string {
  const database = new Database(":memory:");
  database.run("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter ascii')");
  database.run("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'row')");
  database.prepare("INSERT INTO t VALUES (?)").run(word);
  const [row] = database.prepare("SELECT term FROM v").values();
  database.close();
  return String(row?.[0]);
}

describe("porterStem", () => {
  for (const word of examples.split(" ")) {
    test(`agrees with SQLite on '${word}'`, () => {
      expect(porterStem(word)).toBe(sqliteStem(word));
    });
  }

  test("leaves words of one or two letters alone", () => {
    expect(["is", "as", "a", ""].map(porterStem)).toEqual(["is", "as", "a", ""]);
  });

  test("brings the forms of a word together", () => {
    const stems = ["connect", "connected", "connecting", "connection", "connections"].map(porterStem);
    expect(new Set(stems).size).toBe(1);
  });
});
