import { describe, expect, test } from "bun:test";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";

/** Ids of what a question finds, in order, with what the speaker's leg says of each. */
async function found(query: string, texts: Readonly<Record<string, string>>, kind = "conversation" as const) {
  await using database = await temporaryDatabase();
  const rows = Object.entries(texts).map(([id, text]) => artifactRow(id, text, { kind, title: "Office" }));
  await storeAndIndex(database.db, rows);
  const search = createSearch({ db: database.db, registry: registryOf("notes") });
  const { results } = await search({ query, explain: true });
  return new Map(results.map(({ id, why }) => [id, why?.find(({ leg }) => leg === "speaker")]));
}

describe("a question that names who speaks", () => {
  test("finds what that person said before what was said to that person", async () => {
    const hits = await found("What does Ann think of the new heating?", {
      told: "Tom: Ann, Ann, the new heating is loud, Ann.",
      said: "Ann: The new heating is far too loud.",
    });
    expect([...hits.keys()]).toEqual(["said", "told"]);
    expect(hits.get("said")?.normalised).toBe(1);
    expect(hits.get("told")?.raw).toBe(0);
  });

  test("takes a turn's words up to the next speaker, and no others", async () => {
    const hits = await found("Ann heating budget parking", {
      whole: "Ann: The heating.\nIt takes the budget.\nTom: And parking?",
      half: "Ann: The heating.\nTom: And the budget, the parking?",
      none: "Tom: The heating, the budget, the parking, Ann?",
    });
    const raw = (id: string) => hits.get(id)?.raw ?? Number.NaN;
    expect(raw("none")).toBe(0);
    expect(raw("half")).toBeGreaterThan(0);
    expect(raw("whole")).toBeGreaterThan(raw("half"));
  });

  test("knows the speaker by the first name, and as chats and calls write it", async () => {
    const hits = await found("Ross heating", {
      plain: "Ross Geller: The heating is on.",
      chat: "**Ross Geller** (14:05): The heating is on.",
      call: "[00:31] **Ross Geller** (customer): The heating is on.",
      listed: "- Ross: The heating is on.",
      exported: "12/03/2024, 14:05 - Ross Geller: The heating is on.",
      other: "Geller Ross: The heating is on.",
    });
    const heard = [...hits].filter(([, trace]) => (trace?.raw ?? 0) > 0).map(([id]) => id);
    expect(heard.toSorted()).toEqual(["call", "chat", "exported", "listed", "plain"]);
  });

  test("changes nothing where it names nobody who speaks, or where nobody does", async () => {
    const talk = await found("the design of the heating", {
      one: "Industrial Designer: The heating is off.",
      two: "The design: none. Of the heating nothing is known.",
    });
    expect([...talk.values()].map((trace) => trace?.raw)).toEqual([0, 0]);
  });
});
