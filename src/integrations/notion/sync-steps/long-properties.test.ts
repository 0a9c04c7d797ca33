/** Properties of which a page object holds, and reckons with, the first twenty-five pages alone. */
import { expect, test } from "bun:test";
import { notionApp, type NotionApp } from "../../../../test/fakes/notion/app";
import { text } from "../../../../test/fakes/notion/objects";
import type { FakePage } from "../../../../test/fakes/notion/state";
import { plain } from "../../../../test/fakes/notion/state";
import { asked, synced, syncedOnce } from "../../../../test/fakes/notion/synced";

const HOUR = 3_600_000;

/** A row that is related to so many pages. */
function rowOfMany({ fake: { world } }: NotionApp, many: number): FakePage {
  const source = world.addDataSource({ kind: "workspace" });
  const others = Array.from({ length: many }, () => world.addPage({ pieces: 0 }));
  const row = world.addPage({ parent: { kind: "dataSource", id: source.id }, pieces: 0 });
  row.properties.set("Parts", {
    value: { id: "prts", type: "relation", relation: others.map(({ id }) => ({ id })) },
    reads: others.map(({ id, title }) => `[${title}](https://app.notion.com/p/${plain(id)})`).join(", "),
  });
  return row;
}

test("relations past the twenty-five of a page object are read whole", async () => {
  await using notion = await notionApp();
  rowOfMany(notion, 30);
  await syncedOnce(notion);
});

test("rollups and formulas over more than twenty-five pages are read whole", async () => {
  await using notion = await notionApp();
  const { world } = notion.fake;
  const row = rowOfMany(notion, 30);
  const titles = Array.from({ length: 30 }, (_, at) => `Part ${at}`);
  const title = (content: string) => ({ type: "title" as const, title: [text(content)] });
  row.properties.set("Names", {
    value: {
      id: "nms",
      type: "rollup",
      rollup: { type: "array", function: "show_original", array: titles.map(title) },
    },
    reads: titles.join(", "),
  });
  const sum = (number: number) => ({ type: "number" as const, function: "sum" as const, number });
  row.properties.set("Weight", {
    value: { id: "wght", type: "rollup", rollup: sum(300) },
    shown: { id: "wght", type: "rollup", rollup: sum(250) },
    reads: "300",
  });
  const formula = (number: number) => ({ type: "number" as const, number });
  row.properties.set("Price", {
    value: { id: "prc", type: "formula", formula: formula(600) },
    shown: { id: "prc", type: "formula", formula: formula(500) },
    reads: "600",
  });
  const short = world.addPage({ parent: row.parent, pieces: 0 });
  short.properties.set("Weight", { value: { id: "wght", type: "rollup", rollup: sum(7) }, reads: "7" });
  const from = notion.fake.requests().length;
  await syncedOnce(notion);
  // The relation, three pages of names, two of the weight's, and the formula; nothing for the row of few.
  expect(asked(notion, from, "/properties/")).toHaveLength(5);
});

test("a long property that changes without an edit, or its name, is read again", async () => {
  await using notion = await notionApp();
  const { world } = notion.fake;
  const row = rowOfMany(notion, 30);
  notion.skip(HOUR);
  await synced(notion);
  notion.skip(HOUR);
  // From the other side, say.
  const parts = row.properties.get("Parts");
  if (parts?.value.type !== "relation") throw new Error("There is no relation.");
  parts.value.relation.shift();
  parts.reads = parts.reads.slice(parts.reads.indexOf(", ") + 2);
  await synced(notion, "incremental");
  row.properties = new Map(
    [...row.properties].map(([name, one]) => [name === "Parts" ? "Pieces" : name, one]),
  );
  await synced(notion, "incremental");
  row.properties.delete("Pieces");
  await synced(notion, "incremental");
  expect([...world.state.pages.values()].length).toBe(31);
});
