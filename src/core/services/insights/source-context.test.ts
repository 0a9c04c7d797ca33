import { describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { mdArtifacts, sourceContext } from "@/core/db/schema";
import { temporaryDatabase } from "@test/database";
import { insertArtifact } from "@test/insight-artifacts";
import { readSourceContext, refreshSourceContext, sourceContextSchema } from "./source-context";

const files = { integration: "Files", account: "default", tables: [] as string[] };

describe("the lay of the land of a source", () => {
  test("says how much there is, of what kind, from when, about whom", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, {
      id: "a",
      title: "Newest",
      artifactDate: "2026-02-01T00:00:00.000Z",
      entities: ["Acme", "Berlin"],
      questionsAnswered: ["What is new?", "And what else?"],
    });
    await insertArtifact(db, {
      id: "b",
      title: "Older",
      artifactDate: "2025-01-01T00:00:00.000Z",
      entities: ["ACME"],
    });
    await insertArtifact(db, { id: "c", title: "Chat", kind: "conversation", entities: ["Acme"] });
    await insertArtifact(db, {
      id: "gone",
      title: "Gone",
      deletedAt: "2026-01-01T00:00:00.000Z",
      entities: ["Secret"],
    });
    await insertArtifact(db, { id: "x", title: "Other", account: "other", entities: ["Else"] });
    expect(await refreshSourceContext(db, files)).toBe(true);
    const [row] = await readSourceContext(db, "Files");
    expect(row?.account).toBe("default");
    expect(row?.context).toEqual({
      artifacts: 3,
      kinds: { conversation: 1, document: 2 },
      oldest: "2025-01-01T00:00:00.000Z",
      newest: "2026-02-01T00:00:00.000Z",
      topEntities: [
        { entity: "Acme", count: 3 },
        { entity: "Berlin", count: 1 },
      ],
      tables: [],
      sampleTitles: ["Newest", "Older", "Chat"],
      sampleQuestions: ["What is new?"],
    });
  });

  test("names the source's tables with their columns, and no table that is not there", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.raw.run("CREATE TABLE shelfChannel (id TEXT PRIMARY KEY, members INTEGER)");
    await refreshSourceContext(db, {
      ...files,
      tables: ["shelfChannel", "missing", "x'); DROP TABLE setting; --"],
    });
    const [row] = await readSourceContext(db, "Files");
    expect(row?.context.tables).toEqual([
      {
        table: "shelfChannel",
        columns: [
          { name: "id", type: "TEXT" },
          { name: "members", type: "INTEGER" },
        ],
      },
    ]);
  });

  test("is written only when it differs from what is stored", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await insertArtifact(db, { id: "a" });
    expect(await refreshSourceContext(db, files)).toBe(true);
    const before = await db.select().from(sourceContext);
    expect(await refreshSourceContext(db, files)).toBe(false);
    expect(await db.select().from(sourceContext)).toEqual(before);
    await db.update(mdArtifacts).set({ title: "Renamed" }).where(eq(mdArtifacts.id, "a"));
    expect(await refreshSourceContext(db, files)).toBe(true);
    expect(await db.select().from(sourceContext)).toHaveLength(1);
  });

  test("is empty but valid for a source without artifacts", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await refreshSourceContext(db, files);
    const [row] = await readSourceContext(db, "Files");
    expect(row?.context).toMatchObject({ artifacts: 0, oldest: null, newest: null, topEntities: [] });
    expect(await readSourceContext(db, "Slack")).toEqual([]);
  });

  test("counts over many pages of artifacts", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    await db.transaction(async (tx) => {
      for (let i = 0; i < 1_201; i++)
        await insertArtifact(tx, { id: `a${i}`, entities: ["Acme", `Only ${i}`] });
    });
    await refreshSourceContext(db, files);
    const [row] = await readSourceContext(db, "Files");
    expect(row?.context.topEntities[0]).toEqual({ entity: "Acme", count: 1_201 });
    expect(row?.context.topEntities).toHaveLength(30);
    expect(row?.context.sampleTitles).toEqual(["Refund policy"]);
  });

  test("leaves out rows of an older shape", async () => {
    await using database = await temporaryDatabase();
    const { db } = database;
    const row = { integration: "Files", account: "old", context: { shape: "old" }, updatedAt: "2026-01-01" };
    await db.insert(sourceContext).values(row);
    await refreshSourceContext(db, files);
    const rows = await readSourceContext(db, "Files");
    expect(rows.map(({ account }) => account)).toEqual(["default"]);
    expect(sourceContextSchema.safeParse(rows[0]?.context).success).toBe(true);
  });
});
