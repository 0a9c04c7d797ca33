import { describe, expect, test } from "bun:test";
import type { Db } from "@/core/models/database";
import { temporaryDatabase } from "@test/database";
import { saveLinks } from "../db/links";
import { saveDataSources, saveListedPages } from "../db/queries";
import { Tree } from "./tree";

interface Placed {
  title?: string;
  /** `workspace`, or what holds it as `kind:id`. */
  in?: string;
}

function parentIn(place = "workspace") {
  const [parentType = "", parentId = ""] = place.split(":");
  return { parentType, parentId };
}

async function addPages(db: Db, pages: Record<string, Placed>): Promise<void> {
  await saveListedPages(
    db,
    Object.entries(pages).map(([pageId, { title = pageId, in: place }]) => ({
      account: "acme",
      pageId,
      title,
      url: `https://app.notion.com/p/${pageId}`,
      ...parentIn(place),
      createdTime: "2026-05-01T00:00:00.000Z",
      lastEditedTime: "2026-05-01T00:00:00.000Z",
      rawProperties: {},
      listing: "l1",
      round: 0,
    })),
  );
}

async function addSources(db: Db, sources: Record<string, Placed & { database: string }>): Promise<void> {
  await saveDataSources(
    db,
    Object.entries(sources).map(([dataSourceId, { title = dataSourceId, in: place, database }]) => ({
      account: "acme",
      dataSourceId,
      databaseId: database,
      title,
      description: "",
      url: `https://app.notion.com/p/${database}`,
      ...parentIn(place),
      columns: {},
      lastEditedTime: "2026-05-01T00:00:00.000Z",
      listing: "l1",
    })),
  );
}

const holds = (fromId: string, toId: string, kind: "page" | "database" = "page") => ({
  account: "acme",
  fromId,
  toId,
  kind,
  contains: true,
});

/** Home / Projects (page) / Tasks (database) / Lift (row) / Notes (page); and a page in a column of Home. */
async function workspace(): Promise<AsyncDisposable & { db: Db; tree: () => Promise<Tree> }> {
  const database = await temporaryDatabase();
  const { db } = database;
  await addPages(db, {
    home: { title: "Home" },
    projects: { title: "Projects", in: "page_id:home" },
    lift: { title: "Lift", in: "data_source_id:tasks" },
    notes: { title: "", in: "page_id:lift" },
    aside: { title: "Aside", in: "block_id:column" },
    other: { title: "Other" },
  });
  await addSources(db, { tasks: { title: "Tasks", in: "page_id:projects", database: "db-tasks" } });
  return {
    db,
    tree: () => Tree.load(db, "acme"),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

describe("where things are", () => {
  test("is told by titles from the top down, databases by their data source's", async () => {
    await using place = await workspace();
    const tree = await place.tree();
    expect(tree.breadcrumb("home")).toEqual([]);
    expect(tree.breadcrumb("tasks")).toEqual(["Home", "Projects"]);
    expect(tree.breadcrumb("lift")).toEqual(["Home", "Projects", "Tasks"]);
    await addPages(place.db, { deep: { in: "page_id:notes" } });
    expect((await place.tree()).breadcrumb("deep")).toEqual([
      "Home",
      "Projects",
      "Tasks",
      "Lift",
      "Untitled",
    ]);
  });

  test("is known of a page in a block once the page around it was read", async () => {
    await using place = await workspace();
    const before = await place.tree();
    expect(before.isAdrift("aside")).toBe(true);
    expect(before.breadcrumb("aside")).toEqual([]);
    await saveLinks(place.db, [holds("projects", "aside")]);
    const after = await place.tree();
    expect(after.isAdrift("aside")).toBe(false);
    expect(["aside", "lift"].map((id) => after.isInBlock(id))).toEqual([true, false]);
    expect(after.breadcrumb("aside")).toEqual(["Home", "Projects"]);
  });

  test("may be said by hand until it is stored", async () => {
    await using place = await workspace();
    const tree = await place.tree();
    tree.place("aside", "home");
    expect(tree.breadcrumb("aside")).toEqual(["Home"]);
    expect((await place.tree()).isAdrift("aside")).toBe(true);
  });

  test("of a database in a block is that of the block's page", async () => {
    await using place = await workspace();
    await addSources(place.db, { parts: { title: "Parts", in: "block_id:toggle", database: "db-parts" } });
    await addPages(place.db, { bolt: { title: "Bolt", in: "data_source_id:parts" } });
    await saveLinks(place.db, [holds("home", "db-parts", "database")]);
    const tree = await place.tree();
    expect(tree.breadcrumb("bolt")).toEqual(["Home", "Parts"]);
    expect(tree.isInBlock("bolt")).toBe(true);
    expect(tree.titleOf("db-parts")).toBe("Parts");
  });

  test("ends where nothing more is known, and in a circle", async () => {
    await using place = await workspace();
    await addPages(place.db, {
      a: { in: "page_id:b" },
      b: { in: "page_id:a" },
      orphan: { in: "page_id:unseen" },
      odd: { in: "agent_id:x" },
    });
    const tree = await place.tree();
    expect(tree.lineage("a")).toEqual(["a", "b"]);
    expect(tree.isInBlock("a")).toBe(false);
    expect(tree.lineage("orphan")).toEqual(["orphan", "unseen"]);
    expect(tree.breadcrumb("orphan")).toEqual([]);
    expect(tree.breadcrumb("odd")).toEqual([]);
    expect(tree.lineage("nobody")).toEqual(["nobody"]);
  });

  test("is not mixed up between accounts", async () => {
    await using place = await workspace();
    expect((await Tree.load(place.db, "another")).titleOf("home")).toBeUndefined();
  });
});

describe("what lies below", () => {
  test("a page or a database is everything in it, however deep", async () => {
    await using place = await workspace();
    const tree = await place.tree();
    const below = (...tops: string[]) => tree.below(new Set(tops)).sort();
    expect(below("projects")).toEqual(["lift", "notes", "tasks"]);
    expect(below("lift")).toEqual(["notes"]);
    expect(below("lift", "projects", "other")).toEqual(["lift", "notes", "tasks"]);
    expect(below("other")).toEqual([]);
  });

  test("chosen pages and databases counts, with them themselves", async () => {
    await using place = await workspace();
    const tree = await place.tree();
    const under = (id: string, ...roots: string[]) => tree.isUnder(id, new Set(roots));
    expect(under("notes", "projects")).toBe(true);
    expect(under("projects", "projects")).toBe(true);
    expect(under("notes", "db-tasks")).toBe(true);
    expect(under("notes", "tasks")).toBe(true);
    expect(under("other", "projects", "home")).toBe(false);
    expect(under("home", "projects")).toBe(false);
  });

  test("a chain of five hundred pages is followed a hundred deep, in good time", async () => {
    await using place = await workspace();
    const chain = Array.from({ length: 500 }, (_, depth): [string, Placed] => [
      `deep-${depth}`,
      { in: depth === 0 ? "page_id:home" : `page_id:deep-${depth - 1}` },
    ]);
    await addPages(place.db, Object.fromEntries(chain));
    const tree = await place.tree();
    expect(tree.lineage("deep-499")).toHaveLength(100);
    expect(tree.breadcrumb("deep-50")).toHaveLength(51);
  });
});
