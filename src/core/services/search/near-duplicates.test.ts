import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Search } from "@/core/services/app";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";

const guide =
  "The signing keys of the staging cluster are rotated on the first Monday of each month by the platform team. " +
  "Whoever rotates them tells the release channel, waits for the pods to restart and checks the audit log. " +
  "Old keys stay valid for one more day so that running jobs can finish without an error. " +
  "The vault keeps a copy of every key that was ever used, sealed by two members of the team together.";
const record = (day: string, amount: string) =>
  `Weekly report of the signing service for the release team on ${day}. Requests served without an error: ${amount}. ` +
  "The keys were rotated as planned and nobody had to be woken up during the night by an alert.";

const rows = [
  artifactRow("page", `# Rotation\n\n${guide}`, { title: "Rotating keys" }),
  artifactRow("copy", `## Copy\n\n**${guide.replace("first Monday", "first Monday")}**`, {
    title: "Copy of Rotating keys",
    integration: "drive",
  }),
  artifactRow("quoting", `${guide}\n\n${"Then we spoke of lunch and of the summer party at the lake. ".repeat(40)}`, { title: "Minutes" }), // prettier-ignore
  artifactRow("week-1", record("2026-03-02", "81204"), { title: "Report" }),
  artifactRow("week-2", record("2026-03-09", "79310"), { title: "Report" }),
  artifactRow("thanks-a", "Thanks for the keys!", { title: "Chat" }),
  artifactRow("thanks-b", "Thanks for the keys!", { title: "Chat" }),
];

describe("near-duplicates", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  beforeAll(async () => {
    database = await temporaryDatabase();
    await storeAndIndex(database.db, rows);
    search = createSearch({ db: database.db, registry: registryOf("notes", "drive") });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  test("are folded into the better hit, which names them", async () => {
    const { results } = await search({ query: "when are the signing keys rotated" });
    const both = results.filter(({ id }) => id === "page" || id === "copy");
    expect(both).toHaveLength(1);
    const [best] = both;
    const other = best?.id === "page" ? rows[1] : rows[0];
    expect(best?.alike).toEqual([
      { id: other?.id ?? "", integration: other?.integration ?? "", title: other?.title ?? "" },
    ]);
  });

  test("leave their places to the next best", async () => {
    const query = "signing keys rotated by the platform team";
    const all = (await search({ query })).results.map(({ id }) => id);
    const two = (await search({ query, limit: 2 })).results.map(({ id }) => id);
    expect(two).toEqual(all.slice(0, 2));
  });

  test("are not what only quotes a text, fills in the same form, or is short", async () => {
    const ids = (await search({ query: "keys" })).results.map(({ id }) => id);
    for (const id of ["quoting", "week-1", "week-2", "thanks-a", "thanks-b"]) expect(ids).toContain(id);
  });

  test("under a filter stand for themselves", async () => {
    const { results } = await search({ query: "signing keys rotated", integration: "drive" });
    expect(results.map(({ id, alike }) => [id, alike])).toEqual([["copy", undefined]]);
  });

  test("of very many fill no more places than it takes to name them", async () => {
    await using own = await temporaryDatabase();
    const copies = Array.from({ length: 40 }, (_, at) => artifactRow(`copy${at}`, guide));
    await storeAndIndex(own.db, [...copies, artifactRow("other", "The keys of the lake house.")]);
    const { results } = await createSearch({ db: own.db, registry: registryOf("notes") })({ query: "keys" });
    expect(results.map(({ alike = [] }) => alike.length).sort((a, b) => a - b)).toEqual([0, 6, 10, 10, 10]);
    const named = results.flatMap(({ id, alike = [] }) => [id, ...alike.map((one) => one.id)]);
    expect(new Set(named).size).toBe(41);
  });
});
