import { expect, test } from "bun:test";
import type { Db, SqlValue } from "@/core/models/database";
import { mdArtifacts } from "@/core/db/schema";
import { nextTurn } from "@/lib/next-turn";
import { temporaryDatabase } from "@test/database";
import { artifactRow } from "@test/search";
import { artifactSortColumns, listArtifacts, listingQueries, stretchQuery } from "./artifact-listing";

const artifact = (id: string, fields: Parameters<typeof artifactRow>[2] = {}) =>
  artifactRow(id, "", { integration: "Files", title: `Title of ${id}`, ...fields });

const listing = { offset: 0, limit: 50, sortBy: "updateDate", sortOrder: "desc" } as const;
const filters = [
  {},
  { integration: "Files" },
  { kind: "document" as const },
  { integration: "Files", kind: "document" as const },
];

test("no order or filter reads rows that are not shown", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  for (const sortBy of artifactSortColumns)
    for (const sortOrder of ["asc", "desc"] as const)
      for (const filter of filters) {
        const asked = { ...listing, ...filter, sortBy, sortOrder };
        const { page, total } = listingQueries(db, asked);
        const place = { updateDate: "2026", id: "a" };
        const stretch = stretchQuery(db, { ...asked, search: "harbour" }, place, place);
        for (const query of [page, total, stretch]) {
          const { sql, params } = query.toSQL();
          const plan = await db.raw.all(`EXPLAIN QUERY PLAN ${sql}`, params as SqlValue[]);
          expect(plan.map((row) => row["detail"]).join()).toContain("COVERING INDEX mdArtifacts_");
        }
      }
});

test("pages in either order hold each served artifact once, also where all changed at the same moment", async () => {
  await using database = await temporaryDatabase();
  const ids = Array.from({ length: 7 }, (_, index) => `a${index}`);
  const gone = artifact("gone", { deletedAt: "2026-05-02" });
  await database.db.insert(mdArtifacts).values([...ids.map((id) => artifact(id)), gone]);
  const walk = async (sortOrder: "asc" | "desc") => {
    const found: string[] = [];
    for (let offset = 0; offset < 9; offset += 3) {
      const { artifacts, total } = await listArtifacts(database.db, {
        ...listing,
        sortOrder,
        offset,
        limit: 3,
      });
      expect(total).toBe(7);
      found.push(...artifacts.map(({ id }) => id));
    }
    return found;
  };
  expect(await walk("asc")).toEqual(ids);
  expect(await walk("desc")).toEqual(ids.toReversed());
});

/** 12,500 artifacts, which are more than two stretches; every 1,250th is a harbour. */
async function manyQuays(db: Db): Promise<void> {
  await db.raw.run(
    `INSERT INTO mdArtifacts (id, integrationArtifactId, integration, account, kind, title, updateDate, artifactDate, markdown,
       keyPoints, questionsAnswered, entities, metadata, contentHash, insightState)
     WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 12499)
     SELECT printf('a%05d', i), i, 'Files', 'a', 'document',
       CASE WHEN i % 1250 = 7 THEN printf('harbour %02d', 50 - i / 1250) ELSE 'quay' END,
       printf('2026-05-%02d', 1 + i % 3), CASE WHEN i % 2 = 1 THEN printf('2026-04-%02d', 1 + i / 1250) END,
       '', '[]', '[]', '[]', '{}', 'h', 'pending' FROM n`,
  );
}

test("what changes while words are looked for is listed once, where it stands now", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await manyQuays(db);
  // The change comes before, between and after the stretches.
  for (let turns = 0; turns < 10; turns++) {
    const looking = listArtifacts(db, { ...listing, search: "harbour" });
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    const changed = `2026-06-01T00:00:0${turns}`;
    await db.raw.run(`UPDATE mdArtifacts SET updateDate = ? WHERE title = 'harbour 50'`, [changed]);
    const { artifacts, total } = await looking;
    expect(total).toBe(10);
    expect(artifacts.filter(({ title }) => title === "harbour 50").length).toBe(1);
    await db.raw.run(`UPDATE mdArtifacts SET updateDate = '2026-05-01' WHERE title = 'harbour 50'`);
  }
});

test("finds words in whatever order is asked for, page by page, over many stretches", async () => {
  await using database = await temporaryDatabase();
  const { db } = database;
  await manyQuays(db);
  for (const sortBy of artifactSortColumns)
    for (const sortOrder of ["asc", "desc"] as const) {
      const sorted = await db.raw.all(
        `SELECT id FROM mdArtifacts WHERE title LIKE 'harbour%' ORDER BY ${sortBy} ${sortOrder}, id ${sortOrder}`,
      );
      const found: string[] = [];
      for (const offset of [0, 4, 8]) {
        const asked = { sortBy, sortOrder, search: "harbour", offset, limit: 4 };
        const { artifacts, total } = await listArtifacts(db, asked);
        expect(total).toBe(10);
        found.push(...artifacts.map(({ id }) => id));
      }
      expect(found).toEqual(sorted.map((row) => String(row["id"])));
    }
});

test("case is no matter in any script", async () => {
  await using database = await temporaryDatabase();
  const titles = ["Ärzte in Köln", "DIE ÄRZTE", "Договор с клиентом", "Ürzte", "有給休暇の規定"];
  await database.db
    .insert(mdArtifacts)
    .values(titles.map((title, index) => artifact(`t${index}`, { title })));
  const found = async (search: string) => {
    const { artifacts, total } = await listArtifacts(database.db, { ...listing, search });
    expect(total).toBe(artifacts.length);
    return artifacts.map(({ title }) => title).sort();
  };
  expect(await found("Ärzte")).toEqual(["DIE ÄRZTE", "Ärzte in Köln"]);
  expect(await found("ärzte")).toEqual(["DIE ÄRZTE", "Ärzte in Köln"]);
  expect(await found("ДОГОВОР")).toEqual(["Договор с клиентом"]);
  expect(await found("休暇")).toEqual(["有給休暇の規定"]);
});

test("filters by source, kind and words together, whatever their case", async () => {
  await using database = await temporaryDatabase();
  await database.db
    .insert(mdArtifacts)
    .values([
      artifact("one", { title: "The HARBOUR plan" }),
      artifact("two", { author: "Harbour Master", kind: "email" }),
      artifact("three", { integration: "Notion", title: "harbour" }),
      artifact("four", { title: "100% sure" }),
    ]);
  const found = async (filter: object) => {
    const { artifacts, total } = await listArtifacts(database.db, { ...listing, ...filter, sortBy: "title" });
    expect(total).toBe(artifacts.length);
    return artifacts.map(({ id }) => id).sort();
  };
  expect(await found({ search: " harbour " })).toEqual(["one", "three", "two"]);
  expect(await found({ search: "harbour", integration: "Files" })).toEqual(["one", "two"]);
  expect(await found({ search: "harbour", integration: "Files", kind: "email" })).toEqual(["two"]);
  expect(await found({ search: "0%" })).toEqual(["four"]);
  expect(await found({ search: "0_" })).toEqual([]);
  expect(await found({ search: "\0" })).toEqual([]);
  expect(await found({ search: "har\0bour" })).toEqual([]);
  expect(await found({ integration: "Gong" })).toEqual([]);
});
