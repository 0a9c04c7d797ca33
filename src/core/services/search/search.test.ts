import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { openDatabase } from "@/core/db/open";
import { mdArtifacts } from "@/core/db/schema";
import { InputError } from "@/core/models/errors";
import type { SearchInput } from "@/core/models/search";
import { indexVectorDbStep } from "@/core/services/index-vector-db-step";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex, type ArtifactRow } from "@test/search";
import { createSearch } from "./search";

async function searchOver(rows: readonly ArtifactRow[]) {
  const database = await temporaryDatabase();
  await storeAndIndex(database.db, rows);
  const search = createSearch({ db: database.db, registry: registryOf("Notes", "chat") });
  const ids = async (input: SearchInput) => (await search(input)).results.map((hit) => hit.id);
  return {
    db: database.db,
    path: database.path,
    search,
    ids,
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const keys = artifactRow("keys", "# Keys\n\nWe rotate the signing keys every month.", {
  integration: "Notes",
  title: "Key rotation",
  url: "https://notes.example/keys",
  author: "Ann",
  artifactDate: "2026-03-10T12:00:00.000Z",
  entities: ["Vault", "Ann Lee"],
});
const travel = artifactRow("travel", "Flights are booked by the travel desk.\n\nHotels cost up to 150.", {
  integration: "chat",
  title: "Travel",
  artifactDate: "2026-04-20T23:30:00.000Z",
  entities: ["Travel Desk"],
});
const undated = artifactRow("undated", "The keys of the car are at the travel desk.", {
  integration: "chat",
  title: "Car",
});
const everything = [keys, travel, undated];

describe("what only short fields have", () => {
  const pages = Array.from({ length: 24 }, (_, at) =>
    artifactRow(`page${at}`, `Notes on gardens, part ${at}.`, {
      integration: "Notes",
      ...(at % 4 === 0 ? { author: "Zelda Quill" } : {}),
      ...(at === 5 ? { entities: ["Kubernetes"] } : {}),
    }),
  );

  test("an author or a tag that no text names finds its artifacts, all of them", async () => {
    const more = Array.from({ length: 40 }, (_, at) =>
      artifactRow(`more${at}`, "Something else.", { author: "Quentin" }),
    );
    await using it = await searchOver([...pages, ...more]);
    const byZelda = pages.filter(({ author }) => author === "Zelda Quill").map(({ id }) => id);
    expect((await it.ids({ query: "zelda quill" })).sort()).toEqual(byZelda.toSorted());
    expect(await it.ids({ query: "kubernetes" })).toEqual(["page5"]);
    expect(await it.ids({ query: "quentin", limit: 50 })).toHaveLength(40);
  });

  test("a title finds what has no text, such as a scanned page", async () => {
    const scan = artifactRow("scan", "", {
      title: "Lease Acme 2024",
      artifactDate: "2024-02-01T00:00:00.000Z",
    });
    await using it = await searchOver([scan, ...pages]);
    const { results } = await it.search({ query: "acme lease", context: 1 });
    expect(results).toMatchObject([{ id: "scan", snippet: "", highlights: [], lines: { start: 1, end: 1 } }]);
    expect(await it.ids({ query: "lease", maxDate: "9999-12-31" })).toEqual(["scan"]);
  });

  test("is no slip: words like it are not found in its place, until nothing has it any more", async () => {
    const quilt = artifactRow("quilt", "A quilts fair.", { integration: "Notes" });
    const [page] = pages;
    await using it = await searchOver([quilt, ...pages.slice(0, 1)]);
    expect(await it.ids({ query: "quills" })).toEqual(["page0"]);
    await it.db.delete(mdArtifacts).where(eq(mdArtifacts.id, page?.id ?? ""));
    expect(await it.ids({ query: "quills" })).toEqual(["quilt"]);
  });
});

describe("a hit", () => {
  test("carries title, source, date, snippet, highlights and true lines", async () => {
    await using it = await searchOver(everything);
    const { results, timings, notes } = await it.search({ query: "rotating keys" });
    expect(results[0]).toMatchObject({
      id: "keys",
      integrationArtifactId: "keys",
      integration: "Notes",
      account: "default",
      kind: "document",
      title: "Key rotation",
      url: "https://notes.example/keys",
      author: "Ann",
      artifactDate: "2026-03-10T12:00:00.000Z",
      snippet: "Keys We rotate the signing keys every month.",
      lines: { start: 1, end: 3 },
    });
    const marked = results[0]?.highlights.map(({ start, end }) => results[0]?.snippet.slice(start, end));
    expect(marked).toEqual(["Keys", "rotate", "keys"]);
    expect(timings["total"]).toBeGreaterThan(0);
    expect(notes).toEqual([]);
  });

  test("is one for each artifact, its best passage", async () => {
    const long = artifactRow(
      "long",
      `${"filler words here\n".repeat(200)}the needle is here\n${"more\n".repeat(300)}`,
    );
    await using it = await searchOver([{ ...long, integration: "chat" }]);
    const { results } = await it.search({ query: "needle filler" });
    expect(results.length).toBe(1);
    expect(results[0]?.snippet).toContain("needle");
    const lines = (long.markdown ?? "")
      .split("\n")
      .slice((results[0]?.lines.start ?? 0) - 1, results[0]?.lines.end);
    expect(lines.join("\n")).toContain("the needle is here");
  });

  test("explains itself by legs that sum to its score", async () => {
    await using it = await searchOver(everything);
    for (const query of ["rotate keys", "travel desk", "booking flights by hand"]) {
      const { results } = await it.search({ query, explain: true });
      for (const hit of results) {
        const sum = hit.why?.reduce((total, leg) => total + leg.contribution, 0) ?? 0;
        expect(sum).toBeCloseTo(hit.score, 10);
        for (const leg of hit.why ?? []) {
          expect(leg.weight * leg.normalised).toBeCloseTo(leg.contribution, 10);
        }
      }
    }
    expect((await it.search({ query: "keys" })).results[0]?.why).toBeUndefined();
  });
});

describe("filters", () => {
  test("integration, without regard to case, one or several", async () => {
    await using it = await searchOver(everything);
    expect(await it.ids({ query: "keys desk", integration: "NOTES" })).toEqual(["keys"]);
    expect((await it.ids({ query: "keys desk", integration: ["notes", "Chat"] })).length).toBe(3);
  });

  test("an unknown integration is an error with near matches", async () => {
    await using it = await searchOver(everything);
    const failing = it.search({ query: "keys", integration: "nots" });
    await expect(failing).rejects.toThrow(InputError);
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(error instanceof InputError ? error.explanation : "").toContain("Did you mean Notes");
  });

  test("dates, a bare last day included; artifacts without a date are left out", async () => {
    await using it = await searchOver(everything);
    const query = "keys travel desk";
    expect(await it.ids({ query, minDate: "2026-04-01" })).toEqual(["travel"]);
    expect(await it.ids({ query, maxDate: "2026-04-20", minDate: "2026-04-20" })).toEqual(["travel"]);
    expect(await it.ids({ query, maxDate: "2026-04-20T12:00:00Z" })).toEqual(["keys"]);
    expect(await it.ids({ query, maxDate: "2025-01-01" })).toEqual([]);
  });

  test("entities, all of them, without regard to case", async () => {
    await using it = await searchOver(everything);
    expect(await it.ids({ query: "keys travel", entities: ["vault"] })).toEqual(["keys"]);
    expect(await it.ids({ query: "keys travel", entities: ["VAULT", "ann  lee"] })).toEqual(["keys"]);
    expect(await it.ids({ query: "keys travel", entities: ["vault", "travel desk"] })).toEqual([]);
  });

  test("an entity that stands in a title but in no list is found as well, and nothing else", async () => {
    const titled = [
      "Molar Bros: why they left",
      "#sales: MOLAR  BROS is lost",
      "Molar and Bros",
      "Bros, Molar",
      "Lost",
    ];
    const rows = titled.map((title, at) =>
      artifactRow(`t${at}`, "We lost them.", { integration: "Notes", title }),
    );
    const listed = artifactRow("listed", "They were lost in May.", {
      integration: "chat",
      entities: ["Molar Bros", 'A "B" C'],
    });
    await using it = await searchOver([...rows, listed]);
    const found = async (...entities: string[]) => (await it.ids({ query: "lost", entities })).sort();
    expect(await found("molar bros")).toEqual(["listed", "t0", "t1"]);
    expect(await found("Molar Bros", 'a "b" c')).toEqual(["listed"]);
  });

  test("an unknown entity is an error with near matches", async () => {
    await using it = await searchOver(everything);
    const error = await it.search({ query: "keys", entities: ["valt"] }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(error instanceof InputError ? error.explanation : "").toContain("Vault");
  });

  test("never lose results to better matches outside of them", async () => {
    const crowd = Array.from({ length: 700 }, (_, i) =>
      artifactRow(`crowd${i}`, "rotate keys rotate keys", { integration: "chat" }),
    );
    const rare = artifactRow("rare", `${"other text ".repeat(80)} keys`, { integration: "Notes" });
    await using it = await searchOver([...crowd, rare]);
    expect(await it.ids({ query: "rotate keys", integration: "notes" })).toEqual(["rare"]);
  });

  test("an invalid request names the field", async () => {
    await using it = await searchOver([]);
    const error = await it.search({ query: "x", limit: 0 }).catch((thrown: unknown) => thrown);
    expect(error instanceof InputError ? error.details.map((issue) => issue.field) : []).toEqual(["limit"]);
  });
});

describe("what is served", () => {
  test("nothing that was removed, hidden or changed since it was indexed", async () => {
    await using it = await searchOver(everything);
    await it.db
      .update(mdArtifacts)
      .set({ deletedAt: "2026-05-01T00:00:00Z" })
      .where(eq(mdArtifacts.id, "keys"));
    await it.db
      .update(mdArtifacts)
      .set({ contentHash: "another", indexedHash: null })
      .where(eq(mdArtifacts.id, "travel"));
    const { results, notes } = await it.search({ query: "keys travel desk" });
    expect(results.map((hit) => hit.id)).toEqual(["undated"]);
    expect(notes).toEqual(["1 artifact is still being indexed."]);
  });

  test("stale artifacts take no place from live ones", async () => {
    const many = Array.from({ length: 500 }, (_, i) =>
      artifactRow(`m${i}`, "rotate keys", { integration: "chat" }),
    );
    await using it = await searchOver([...many, keys]);
    await it.db
      .update(mdArtifacts)
      .set({ contentHash: "another", indexedHash: null })
      .where(eq(mdArtifacts.integration, "chat"));
    expect(await it.ids({ query: "rotate keys" })).toEqual(["keys"]);
  });

  test("what waits to be indexed anew with the content it has, as it was", async () => {
    await using it = await searchOver(everything);
    await it.db
      .update(mdArtifacts)
      .set({ keyPoints: ["Said anew"], indexedHash: null })
      .where(eq(mdArtifacts.id, "travel"));
    const { results, notes } = await it.search({ query: "travel" });
    expect(results.map((hit) => hit.id)).toContain("travel");
    expect(notes).toEqual([]);
  });

  test("what another process indexed is found at once", async () => {
    await using it = await searchOver(everything);
    expect(await it.ids({ query: "zeppelin" })).toEqual([]);
    const other = openDatabase(it.path);
    await other.db.insert(mdArtifacts).values(artifactRow("z", "a zeppelin", { integration: "chat" }));
    await indexVectorDbStep("chat", other.db);
    other.close();
    expect(await it.ids({ query: "zeppelin" })).toEqual(["z"]);
  });

  test("a database that was never indexed answers with nothing", async () => {
    await using database = await temporaryDatabase();
    const search = createSearch({ db: database.db, registry: registryOf("notes") });
    expect((await search({ query: "anything" })).results).toEqual([]);
  });
});
