import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts } from "@/core/db/schema";
import type { SearchInput } from "@/core/models/search";
import type { Search } from "@/core/services/app";
import { temporaryDatabase } from "@test/database";
import { artifactRow, registryOf, storeAndIndex } from "@test/search";
import { createSearch } from "./search";

const ask = "Ann: Which plumber comes for the radiator of the big hall downstairs? 🔥";
const answer = "Ben: For that of the big hall downstairs, Ludwig comes on Monday.";
const other = "Cem: Tulips, roses and lilies wanted no water at all last week.";

const pages = [
  "The plumber looks after every radiator of the big hall downstairs in autumn.",
  "Ludwig looks after every lamp of the big hall downstairs in autumn.",
];

describe("an answer that has no word of the question", () => {
  let search: Search;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>;
  const said = (id: string, text: string, date = "2026-03-01", account = "default") =>
    artifactRow(id, text, {
      integration: "chat",
      kind: "conversation",
      title: "#house",
      account,
      artifactDate: `${date}T08:00:00.000Z`,
    });
  beforeAll(async () => {
    database = await temporaryDatabase();
    await storeAndIndex(database.db, [
      said("house-1", answer.replace("Ludwig", "Harriet")),
      said("house-2", ask),
      said("house-3", answer, "2026-03-02"),
      said("house-4", other),
      said("garden-1", ask.replace("big hall", "shed")),
      said("garden-2", other),
      said("garage-2", ask),
      said("garage-9", answer),
      said("shop-1", ask),
      said("shop-2", answer, "2026-03-01", "another"),
      ...["page 1", "page 2"].map((id, at) => artifactRow(id, pages[at] ?? "")),
    ]);
    search = createSearch({ db: database.db, registry: registryOf("notes", "chat") });
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const find = async (input: Partial<SearchInput> = {}) => {
    const { results } = await search({ query: "radiator plumber", limit: 50, ...input });
    return results.flatMap(({ id, alike }) => [id, ...(alike ?? []).map((one) => one.id)]);
  };

  test("is found beside one that has them, before it and after it, where both are about one matter", async () => {
    const found = await find();
    expect(found).toContain("house-1");
    expect(found).toContain("house-3");
    expect(found).not.toContain("house-4");
    expect(found).not.toContain("garden-2");
    expect(found.indexOf("house-2")).toBeLessThan(found.indexOf("house-3"));
  });

  test("is not looked for further away, in another account, or beside a page", async () => {
    const found = await find();
    for (const id of ["garage-9", "shop-2", "page 2"]) expect(found).not.toContain(id);
  });

  test("is found only where it passes the filter", async () => {
    const found = await find({ maxDate: "2026-03-01" });
    expect(found).toContain("house-1");
    expect(found).not.toContain("house-3");
  });

  test("is not given where a sign is looked for as it is written", async () => {
    const found = await find({ query: "🔥" });
    expect(found.length).toBeGreaterThan(0);
    for (const id of ["house-1", "house-3"]) expect(found).not.toContain(id);
  });

  test("is not given once it was removed", async () => {
    const change = { deletedAt: "2026-05-01T00:00:00.000Z" };
    await database.db.update(mdArtifacts).set(change).where(eq(mdArtifacts.id, "house-3"));
    const found = await find();
    expect(found).toContain("house-1");
    expect(found).not.toContain("house-3");
  });
});
