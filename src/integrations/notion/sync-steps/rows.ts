/** Turns what the API lists into rows of the tables. */
import { plainText } from "../blocks/rich-text";
import type { DataSourceRow } from "../db/queries";
import type { notionPage } from "../db/schema";
import { pageAddress, plainId } from "../markdown/context";
import { type DataSource, type Page, type Parent, richTextSchema } from "../models/objects";
import { z } from "zod";

interface Met {
  account: string;
  listing: string;
}

export function pageRow(page: Page, met: Met & { round: number }): typeof notionPage.$inferInsert {
  const parent = parentOf(page.parent);
  return {
    ...met,
    pageId: plainId(page.id),
    title: titleOf(page),
    url: page.url || pageAddress(page.id),
    parentType: parent.type,
    parentId: parent.id,
    dataSourceId: parent.type === "data_source_id" ? parent.id : null,
    createdTime: page.created_time,
    lastEditedTime: page.last_edited_time,
    createdBy: page.created_by === null || page.created_by === undefined ? null : plainId(page.created_by.id),
    lastEditedBy:
      page.last_edited_by === null || page.last_edited_by === undefined
        ? null
        : plainId(page.last_edited_by.id),
    rawProperties: page.properties,
  };
}

export function dataSourceRow(source: DataSource, met: Met): DataSourceRow {
  const database = parentOf(source.parent);
  const parent = parentOf(source.database_parent ?? { type: "workspace" });
  return {
    ...met,
    dataSourceId: plainId(source.id),
    databaseId: database.id,
    title: plainText(source.title),
    description: plainText(source.description),
    url: source.url || pageAddress(database.id),
    parentType: parent.type,
    parentId: parent.id,
    columns: Object.fromEntries(
      Object.entries(source.properties).map(([name, column]) => [
        name,
        { type: column.type, options: optionsOf(column[column.type]) },
      ]),
    ),
    lastEditedTime: source.last_edited_time,
  };
}

function titleOf(page: Page): string {
  const property = Object.values(page.properties).find(({ type }) => type === "title");
  const title = z.array(richTextSchema).safeParse(property?.["title"]);
  return title.success ? plainText(title.data).replaceAll(/\s+/g, " ").trim() : "";
}

function parentOf(parent: Parent): { type: string; id: string } {
  const id = parent[parent.type];
  return { type: parent.type, id: typeof id === "string" ? plainId(id) : "" };
}

function optionsOf(config: unknown): string[] {
  const parsed = z.looseObject({ options: z.array(z.looseObject({ name: z.string() })) }).safeParse(config);
  return parsed.success ? parsed.data.options.map(({ name }) => name) : [];
}

/** What a listing notes of itself. */
const ofListing = new Set(["account", "listing", "round"]);

/** Whether a listing tells nothing of a page or data source that its row does not say already. */
export function saysTheSame(
  told: Readonly<Record<string, unknown>>,
  stored: Readonly<Record<string, unknown>>,
): boolean {
  const names = Object.keys(told).filter((name) => !ofListing.has(name));
  const shown = (one: Readonly<Record<string, unknown>>) =>
    JSON.stringify(
      names.map((name) => one[name]),
      withoutExpiring,
    );
  return shown(told) === shown(stored);
}

/** A value without what reads differently each time it is asked for. */
export function lasting(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value ?? null, withoutExpiring));
}

/** Notion's own files bear another address each time. */
function withoutExpiring(_name: string, value: unknown): unknown {
  return value !== null && typeof value === "object" && "expiry_time" in value ? null : value;
}
