/** The gallery of the documentation is what the integration makes of the stand-in's workspace. `UPDATE_DOCS=1` writes it. */
import { expect, test } from "bun:test";
import { keepGallery } from "@test/gallery";
import { notionApp } from "../../../test/fakes/notion/app";
import { elsewhere, galleryBlocks, syncedOriginal } from "../../../test/fakes/notion/gallery";
import { propertyGallery } from "../../../test/fakes/notion/property-gallery";
import { pageUrl, plain } from "../../../test/fakes/notion/state";

test("every type of block and property is in the documentation as it is rendered", async () => {
  await using notion = await notionApp();
  const { world } = notion.fake;
  const tides = world.addPage({ title: "Tide table", pieces: 0 });
  world.state.pages.delete(tides.id);
  world.state.pages.set(elsewhere, { ...tides, id: elsewhere, blocks: [syncedOriginal()] });
  const blocks = galleryBlocks();
  const shown = blocks.map(([type, block]) => {
    const made = world.addPage({ title: type, pieces: 0 });
    made.blocks = [block];
    return { type, key: `notion:page:${plain(made.id)}` };
  });
  const source = world.addDataSource({ kind: "page", id: elsewhere });
  const row = world.addPage({ title: "A row", parent: { kind: "dataSource", id: source.id }, pieces: 1 });
  const properties = propertyGallery("Tide table", pageUrl(row.id));
  for (const [name, value, reads] of properties) row.properties.set(name, { value, reads });
  world.comment(row);
  expect(await notion.sync()).toMatchObject({ state: "succeeded", failed: 0 });
  const served = await notion.served();
  const rowText = served.get(`notion:page:${plain(row.id)}`)?.markdown ?? "";
  for (const [name, , reads] of properties) {
    if (reads === "") expect(rowText).not.toContain(`| ${name} |`);
    else expect(rowText).toContain(`| ${name} | ${reads} |`);
  }
  const parts = [
    ...shown.map(({ type, key }) => ({ title: type, markdown: bodyOf(served.get(key)?.markdown) })),
    { title: "A row of a database, with properties and comments", markdown: rowText },
    { title: "A database", markdown: served.get(`notion:data-source:${plain(source.id)}`)?.markdown },
  ];
  await keepGallery("notion", import.meta.path, parts, lasting);
});

/** What stands below the title. */
function bodyOf(markdown = ""): string {
  return markdown.replace(/^# [^\n]*\n*/, "");
}

/** Ids and days of comments depend on when the stand-in made them; nobody reads them. */
function lasting(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{32}\b/g, "0123456789abcdef0123456789abcdef")
    .replaceAll(/\(\d{4}-\d\d-\d\d\): /g, "(2026-05-01): ");
}
