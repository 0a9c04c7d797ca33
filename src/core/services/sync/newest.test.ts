import { describe, expect, test } from "bun:test";
import { mdArtifacts, syncItem } from "@/core/db/schema";
import type { IntegrationConfig } from "@/core/models/integration-config";
import { createIntegration } from "@/core/services/sync/create-integration";
import type { Page, Stream } from "@/core/services/sync/stream";
import { testApp } from "@test/app";
import { structureViolations } from "@test/invariants";
import { liveArtifacts, syncShelf } from "@test/shelf-syncs";

interface Version {
  key: string;
  at: string;
  text: string;
}

/** A source of two streams that hand out `pages` and render to the artifacts of the same name. */
function twoStreams(options: { second?: Partial<Stream<Version>> } = {}) {
  const pages: Record<"first" | "second", Page<Version>[]> = { first: [], second: [] };
  const stream = (name: "first" | "second"): Stream<Version> => ({
    name,
    enumerates: ["full"],
    async *pages() {
      yield* pages[name];
    },
    key: (item) => item.key,
    version: (item) => item.at,
    stamp: (item) => item.at,
    render: (item) => ({
      integrationArtifactId: `shelf/${item.key.replace(/^moved-/, "")}`,
      kind: "document",
      title: item.key,
      markdown: item.text,
    }),
    ...(name === "second" ? options.second : {}),
  });
  const config: IntegrationConfig = {
    integration: "Shelf",
    icon: "/assets/x.svg",
    integrationType: "API_KEY",
  };
  const integration = createIntegration({ config, streams: () => [stream("first"), stream("second")] });
  return { integration, pages };
}

const page = (...items: Version[]): Page<Version> => ({ items, cursor: items.length });
const old = { key: "a", at: "2026-01-01", text: "The old text." };
const fresh = { key: "a", at: "2026-02-02", text: "The fresh text." };

const textOf = async (app: Awaited<ReturnType<typeof testApp>>) =>
  (await app.db.select({ markdown: mdArtifacts.markdown }).from(mdArtifacts)).map((row) => row.markdown);

describe("two versions of an item", () => {
  test("on one page, on two, and in two streams: the newest wins, whatever comes last", async () => {
    const { integration, pages } = twoStreams();
    await using app = await testApp({ integrations: [integration] });
    pages.first = [page(fresh, old)];
    await syncShelf(app);
    expect(await textOf(app)).toEqual(["The fresh text."]);
    pages.first = [page(fresh), { ...page(old), cursor: 2 }];
    pages.second = [page(old)];
    expect(await syncShelf(app)).toMatchObject({ updated: 0 });
    expect(await textOf(app)).toEqual(["The fresh text."]);
    pages.second = [page({ ...fresh, at: "2026-03-03", text: "The freshest text." })];
    expect(await syncShelf(app)).toMatchObject({ updated: 1 });
    expect(await textOf(app)).toEqual(["The freshest text."]);
    expect(await structureViolations(app.db)).toEqual([]);
  });
});

describe("an artifact that two items stand for", () => {
  test("stays when it moved from one stream to the other", async () => {
    const { integration, pages } = twoStreams();
    await using app = await testApp({ integrations: [integration] });
    pages.second = [page(old)];
    await syncShelf(app, "full");
    pages.first = [page(old)];
    pages.second = [];
    await syncShelf(app, "full");
    expect(await liveArtifacts(app)).toHaveLength(1);
    expect(await structureViolations(app.db)).toEqual([]);
  });

  test("stays when the item got another key, and when two items swap places", async () => {
    const { integration, pages } = twoStreams();
    await using app = await testApp({ integrations: [integration] });
    const other = { key: "b", at: "2026-01-01", text: "Another text." };
    pages.first = [page(old, other)];
    await syncShelf(app, "full");
    pages.first = [page({ ...fresh, key: "moved-a" }, other)];
    expect(await syncShelf(app, "full")).toMatchObject({ state: "succeeded" });
    expect(await liveArtifacts(app)).toHaveLength(2);
    expect(await structureViolations(app.db)).toEqual([]);
  });

  test("goes with the older stream's row when the listing no longer meets it", async () => {
    const { integration, pages } = twoStreams({ second: { lane: "own" } });
    await using app = await testApp({ integrations: [integration] });
    pages.first = [page(old)];
    pages.second = [page(old)];
    await syncShelf(app, "full");
    pages.first = [];
    await syncShelf(app, "full");
    expect(await liveArtifacts(app)).toHaveLength(0);
    expect(await app.db.$count(syncItem)).toBe(0);
  });
});

describe("a lane of its own", () => {
  test("goes on across runs and modes where it stood, and is done once and for all", async () => {
    const started: unknown[] = [];
    let fails = true;
    const { integration } = twoStreams({
      second: {
        lane: "own",
        enumerates: ["full", "incremental"],
        async *pages({ cursor }) {
          started.push(cursor);
          for (let index = typeof cursor === "number" ? cursor : 0; index < 3; index++) {
            if (index === 2 && fails) throw new TypeError("The archive is closed.");
            yield {
              items: [{ key: `old-${index}`, at: "2025", text: `Archived ${index}.` }],
              cursor: index + 1,
            };
          }
        },
      },
    });
    await using app = await testApp({ integrations: [integration] });
    expect((await syncShelf(app, "incremental")).state).toBe("failed");
    fails = false;
    expect(await syncShelf(app, "full")).toMatchObject({ state: "succeeded", inserted: 1, deleted: 0 });
    await syncShelf(app, "incremental");
    await syncShelf(app, "full");
    expect(started).toEqual([null, 2]);
    expect(await liveArtifacts(app)).toHaveLength(3);
  });
});
