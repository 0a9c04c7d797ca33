/** What the API lists, as rows. */
import { describe, expect, test } from "bun:test";
import { dataSourceSchema, pageSchema } from "../models/objects";
import { dataSourceRow, pageRow } from "./rows";

const id = "0123ABCD-0000-4000-8000-0000000000aa";
const plainForm = "0123abcd0000400080000000000000aa";
const other = "0123abcd-0000-4000-8000-0000000000bb";
const plainOther = "0123abcd0000400080000000000000bb";
const met = { account: "acme", listing: "l1" };

const page = (change: Record<string, unknown> = {}) =>
  pageRow(
    pageSchema.parse({
      object: "page",
      id,
      created_time: "2026-05-01T09:00:00.000Z",
      last_edited_time: "2026-05-02T09:00:00.000Z",
      parent: { type: "workspace", workspace: true },
      properties: {},
      ...change,
    }),
    { ...met, round: 2 },
  );
const titled = (...texts: string[]) => ({
  Task: { id: "title", type: "title", title: texts.map((plain_text) => ({ type: "text", plain_text })) },
});

describe("a page", () => {
  test("is known by its id without dashes, and says which listing met it", () => {
    expect(page()).toMatchObject({
      ...met,
      round: 2,
      pageId: plainForm,
      url: `https://app.notion.com/p/${plainForm}`,
    });
  });

  test.each([
    [
      { type: "workspace", workspace: true },
      { parentType: "workspace", parentId: "", dataSourceId: null },
    ],
    [
      { type: "page_id", page_id: other },
      { parentType: "page_id", parentId: plainOther, dataSourceId: null },
    ],
    [
      { type: "data_source_id", data_source_id: other, database_id: id },
      { parentType: "data_source_id", parentId: plainOther, dataSourceId: plainOther },
    ],
    [
      { type: "block_id", block_id: other },
      { parentType: "block_id", parentId: plainOther, dataSourceId: null },
    ],
    [{ type: "agent_id" }, { parentType: "agent_id", parentId: "", dataSourceId: null }],
  ])("in %j is placed there", (parent, placed) => expect(page({ parent })).toMatchObject(placed));

  test.each([
    [titled("Two\n lines", " and  spaces "), "Two lines and spaces"],
    [titled(), ""],
    [{ Note: { type: "rich_text", rich_text: [] } }, ""],
    [{ Task: { type: "title", title: "of tomorrow" } }, ""],
  ])("with %j has the title %p", (properties, title) => expect(page({ properties }).title).toBe(title));

  test.each([
    [{ created_by: { id: other }, last_edited_by: null }, plainOther, null],
    [{}, null, null],
    [{ last_edited_by: { id } }, null, plainForm],
  ])("of which %j is told names its people", (change, createdBy, lastEditedBy) =>
    expect(page(change)).toMatchObject({ createdBy, lastEditedBy }),
  );

  test("keeps its properties as they came, also those of kinds that nobody knows", () => {
    const properties = { ...titled("A"), Aura: { id: "x", type: "aura", aura: { colour: "blue" } } };
    expect(page({ properties }).rawProperties).toMatchObject(properties);
  });
});

describe("a data source", () => {
  const source = (change: Record<string, unknown> = {}) =>
    dataSourceRow(
      dataSourceSchema.parse({
        object: "data_source",
        id,
        title: [{ plain_text: "Spare " }, { plain_text: "parts" }],
        parent: { type: "database_id", database_id: other },
        database_parent: { type: "page_id", page_id: other },
        last_edited_time: "2026-05-02T09:00:00.000Z",
        properties: {},
        ...change,
      }),
      met,
    );

  test("belongs to its database, and stands where that does", () => {
    expect(source()).toMatchObject({
      dataSourceId: plainForm,
      databaseId: plainOther,
      parentType: "page_id",
      parentId: plainOther,
      title: "Spare parts",
      url: `https://app.notion.com/p/${plainOther}`,
    });
  });

  test("of which nothing says where its database stands is at the top", () => {
    expect(source({ database_parent: null })).toMatchObject({ parentType: "workspace", parentId: "" });
  });

  test("has columns with their options, where they have some that can be read", () => {
    const properties = {
      Stage: { type: "status", status: { options: [{ name: "Draft" }, { name: "Done" }], groups: [] } },
      Odd: { type: "select", select: { options: "many" } },
      Name: { type: "title", title: {} },
    };
    expect(source({ properties }).columns).toEqual({
      Stage: { type: "status", options: ["Draft", "Done"] },
      Odd: { type: "select", options: [] },
      Name: { type: "title", options: [] },
    });
  });
});
