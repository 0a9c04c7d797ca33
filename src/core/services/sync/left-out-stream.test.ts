import { expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import { primaryKey, table, text } from "@/core/db/table";
import { createIntegration } from "@/core/services/sync/create-integration";
import { testApp } from "@test/app";
import { keptRows, ownRows } from "./kept-rows";
import { leftOutStream } from "./left-out-stream";
import type { Stream } from "./stream";

interface Thing {
  id: string;
  kind: string;
}
const thing = table(
  "thing",
  { account: text().notNull(), thingId: text().notNull(), kind: text().notNull() },
  (t) => [primaryKey({ columns: [t.account, t.thingId] })],
);
const rows = ownRows(thing, thing.thingId, ({ id, kind }: Thing, account) => ({
  account,
  thingId: id,
  kind,
}));
const things = (kind: string, count: number) =>
  Array.from({ length: count }, (_, index): Thing => ({ id: `${kind}${index}`, kind }));

/** Lists all things, or from the mark on: nothing, since nothing changes. */
function thingsStream(kind: string, all: readonly Thing[]): Stream<Thing> {
  return {
    name: kind,
    enumerates: ["full"],
    key: ({ id }) => id,
    version: () => "1",
    async *pages({ cursor }) {
      yield { items: cursor === null ? all : [], cursor: "read", watermark: "read" };
    },
    render: ({ id }) => ({
      integrationArtifactId: id,
      kind: "document",
      title: id,
      markdown: `Thing ${id}.`,
    }),
    ...keptRows(rows),
  };
}

test("what is left out goes in either mode, alone, however much it is, and is read anew once it is chosen", async () => {
  const chosen = new Set(["bolt", "nut"]);
  const kinds = { bolt: things("bolt", 1_003), nut: things("nut", 4) };
  const integration = createIntegration({
    config: { integration: "Things", icon: "/assets/things.svg", integrationType: "API_KEY" },
    streams: () =>
      Object.entries(kinds).map(([kind, all]) =>
        chosen.has(kind) ? thingsStream(kind, all) : leftOutStream(kind, rows, eq(thing.kind, kind)),
      ),
  });
  await using app = await testApp({ integrations: [integration] });
  await app.db.raw.all(
    "CREATE TABLE thing (account TEXT NOT NULL, thingId TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (account, thingId))",
  );
  const sync = async (mode: "full" | "incremental") => {
    const [started] = await app.runner.start({ integration: "Things", mode, trigger: "manual" });
    return app.runner.wait(started?.runId ?? "");
  };
  const left = () => app.db.raw.all("SELECT kind, count(*) AS n FROM thing GROUP BY kind");
  const served = () =>
    app.db.raw.all("SELECT count(*) AS n FROM mdArtifacts WHERE deletedAt IS NULL AND title LIKE 'bolt%'");
  for (const mode of ["incremental", "full"] as const) {
    chosen.add("bolt");
    expect(await sync("incremental")).toMatchObject({ state: "succeeded", deleted: 0 });
    expect(await left()).toEqual([
      { kind: "bolt", n: 1_003 },
      { kind: "nut", n: 4 },
    ]);
    expect(await served()).toEqual([{ n: 1_003 }]);
    chosen.delete("bolt");
    expect(await sync(mode)).toMatchObject({ state: "succeeded", deleted: 1_003 });
    expect(await left()).toEqual([{ kind: "nut", n: 4 }]);
    expect(await served()).toEqual([{ n: 0 }]);
    expect(await sync(mode)).toMatchObject({ state: "succeeded", deleted: 0 });
  }
});
