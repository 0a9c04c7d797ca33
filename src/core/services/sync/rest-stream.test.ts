import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { AuthError } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import { testApp } from "@test/app";
import { provider } from "@test/provider";
import { createIntegration } from "./create-integration";
import { type Paging, type RestListing, restStream } from "./rest-stream";

const item = z.looseObject({ id: z.string(), at: z.string().optional() });
const body = z.looseObject({ items: z.array(z.unknown()), next: z.string().nullish() });
const itemsIn = (answer: unknown) => body.safeParse(answer).data?.items ?? [];
const nextIn = (answer: unknown) => body.parse(answer).next;
const ids = (...names: string[]) => ({
  items: names.map((id) => ({ id, at: `2026-01-0${id}T00:00:00.000Z` })),
});

/** Syncs a listing of the server once for each mode and says what was asked and served. */
async function synced(
  server: ReturnType<typeof provider>,
  paging: Paging,
  modes: readonly ("full" | "incremental")[] = ["full"],
  more: Partial<RestListing<z.infer<typeof item>>> = {},
) {
  const integration: Integration = createIntegration({
    config: { integration: "Rest", icon: "/assets/rest.svg", integrationType: "API_KEY" },
    streams: (context) => [
      restStream({
        name: "items",
        http: context.http(),
        url: `${server.url}/items`,
        query: { limit: 2 },
        paging,
        items: itemsIn,
        item,
        key: (one) => one.id,
        updatedAt: (one) => one.at,
        render: (one) => ({
          integrationArtifactId: one.id,
          kind: "document",
          title: one.id,
          markdown: `Item ${one.id}.`,
        }),
        ...more,
      }),
    ],
  });
  await using app = await testApp({
    integrations: [integration],
    environment: { ALLOWED_PRIVATE_HOSTS: server.host },
  });
  const runs = [];
  for (const mode of modes) {
    const [started] = await app.runner.start({ integration: "Rest", mode, trigger: "manual" });
    runs.push(await app.runner.wait(started?.runId ?? ""));
  }
  const rows = await app.db.raw.all(
    "SELECT integrationArtifactId AS id FROM mdArtifacts WHERE deletedAt IS NULL ORDER BY id",
  );
  return { runs, served: rows.map(({ id }) => id), asked: server.heard.map(({ path }) => path) };
}

const page =
  (answer: unknown, headers: Record<string, string> = {}) =>
  () =>
    Response.json(answer, { headers });

describe("a declared listing", () => {
  test("goes by cursor", async () => {
    await using server = provider(page({ ...ids("1", "2"), next: "c 1" }), page(ids("3")));
    const { served, asked } = await synced(server, { kind: "cursor", parameter: "after", next: nextIn });
    expect(served).toEqual(["1", "2", "3"]);
    expect(asked).toEqual(["/items?limit=2", "/items?limit=2&after=c+1"]);
  });

  test("goes by page number and by offset, until a page is not full", async () => {
    for (const [kind, second] of [
      ["page", "n=2"],
      ["offset", "n=2"],
    ] as const) {
      await using server = provider(page(ids("1", "2")), page(ids("3")));
      const { served, asked } = await synced(server, { kind, parameter: "n", size: 2 });
      expect(served).toEqual(["1", "2", "3"]);
      expect(asked.at(-1)).toBe(`/items?limit=2&${second}`);
    }
  });

  test("goes on by Link headers, and fails rather than follow one to another origin, which removes nothing", async () => {
    const links = ['</items?p=2>; rel="next"', '<https://evil.example/items>; rel="next"'];
    await using server = provider(
      page(ids("1"), { link: links[0] ?? "" }),
      page(ids("2")),
      page(ids("1"), { link: links[1] ?? "" }),
    );
    const { runs, served, asked } = await synced(server, { kind: "link" }, ["full", "full"]);
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "failed"]);
    expect(runs[1]?.error).toContain("another origin");
    expect(served).toEqual(["1", "2"]);
    expect(asked).toEqual(["/items?limit=2", "/items?p=2", "/items?limit=2"]);
  });

  test("goes through GraphQL", async () => {
    await using server = provider(page({ ...ids("1"), next: "e1" }), page(ids("2")));
    const query = "query ($after: String) { items(after: $after) { id } }";
    const { served } = await synced(server, { kind: "graphql", query, next: nextIn });
    expect(served).toEqual(["1", "2"]);
    expect(JSON.parse(server.heard[1]?.body ?? "")).toEqual({ query, variables: { after: "e1" } });
  });

  test("makes GraphQL variables of the time since which changes are asked for", async () => {
    await using server = provider(page(ids("1")), page(ids("2")));
    const query = "query ($filter: Filter, $after: String) { items(filter: $filter, after: $after) { id } }";
    const variables = (since: string | null) => ({ filter: { or: since === null ? [] : [{ at: since }] } });
    const modes = ["full", "incremental"] as const;
    await synced(server, { kind: "graphql", query, variables, next: nextIn }, modes, {
      changedSince: { overlapMs: 60_000 },
    });
    const asked = server.heard.map(({ body: sent }) => JSON.parse(sent ?? "").variables);
    const since = "2025-12-31T23:59:00.000Z";
    expect(asked).toEqual([
      { filter: { or: [] }, after: null },
      { filter: { or: [{ at: since }] }, after: null },
    ]);
  });

  test("makes the query, or the body of a search, of the time since and of where it goes on", async () => {
    const changedSince = { overlapMs: 60_000 };
    const modes = ["full", "incremental"] as const;
    const cursor = { kind: "cursor", parameter: "unused", next: nextIn } as const;
    await using filtered = provider(page(ids("1")), page(ids("2")));
    const query = (since: string | null) => ({
      filter: since === null ? "all" : `changed > ${Date.parse(since)}`,
    });
    const { asked } = await synced(filtered, cursor, modes, { changedSince, query });
    expect(asked).toEqual(["/items?filter=all", "/items?filter=changed+%3E+1767225540000"]);
    await using searched = provider(page({ ...ids("1"), next: "c1" }), page(ids("2")), page(ids()));
    await synced(searched, cursor, modes, { changedSince, json: (where) => ({ where }) });
    expect(searched.heard.map(({ method, path }) => `${method} ${path}`)[0]).toBe("POST /items?limit=2");
    expect(searched.heard.map(({ body: sent }) => JSON.parse(sent).where)).toEqual([
      { since: null, place: null },
      { since: null, place: "c1" },
      { since: "2026-01-01T23:59:00.000Z", place: null },
    ]);
  });

  test("takes nothing for deleted when the key is no longer known at its end", async () => {
    const refusal = new AuthError("The key is not known.");
    const proofs = [() => Promise.resolve(), () => Promise.reject(refusal)];
    await using server = provider(page(ids("1", "2")), page(ids("1")));
    const { runs, served } = await synced(server, { kind: "none" }, ["full", "full"], {
      prove: () => proofs.shift()?.() ?? Promise.resolve(),
    });
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "failed"]);
    expect(served).toEqual(["1", "2"]);
  });

  test.each(["The provided nextPageToken is invalid or expired.", "Invalid cursor"])(
    "begins again where the provider says: %s",
    async (said) => {
      const refuses = () => Response.json({ errorMessages: [said] }, { status: 400 });
      await using server = provider(page({ ...ids("1"), next: "c" }), refuses, page(ids("1", "2")));
      const { runs, served } = await synced(server, { kind: "cursor", parameter: "after", next: nextIn });
      expect(runs.map(({ state }) => state)).toEqual(["succeeded"]);
      expect(served).toEqual(["1", "2"]);
    },
  );

  test("asks an incremental sync for what changed since, and takes out what is deleted", async () => {
    await using server = provider(
      page(ids("1", "2")),
      page({ items: [{ id: "1", at: "2026-01-03T00:00:00.000Z", deleted: true }] }),
    );
    const { runs, served, asked } = await synced(server, { kind: "none" }, ["full", "incremental"], {
      changedSince: { parameter: "since", overlapMs: 60_000 },
      removed: (one) => (one["deleted"] === true ? "gone" : undefined),
    });
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
    expect(served).toEqual(["2"]);
    expect(asked[1]).toBe("/items?limit=2&since=2026-01-01T23%3A59%3A00.000Z");
  });

  test("that failed for good begins again with the next sync, from the same time on", async () => {
    const changes = { ...ids("2"), next: "c" };
    const fails = () => new Response("", { status: 400 });
    await using server = provider(page(ids("1")), page(changes), fails, page(changes), page(ids("3")));
    const paging = { kind: "cursor", parameter: "after", next: nextIn } as const;
    const more = { changedSince: { parameter: "since", overlapMs: 0 } };
    const modes = ["full", "incremental", "incremental"] as const;
    const { runs, asked, served } = await synced(server, paging, modes, more);
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "failed", "succeeded"]);
    expect([asked[3], asked[4]]).toEqual([asked[1], asked[2]]);
    expect(asked[3]).toContain("since=2026-01-01");
    expect(served).toEqual(["1", "2", "3"]);
  });

  test("with an entry of another shape takes nothing for deleted", async () => {
    await using server = provider(
      page(ids("1", "2")),
      page({ items: [{ id: "1", at: "2026-01-01T00:00:00.000Z" }, { odd: true }] }),
    );
    const { served } = await synced(server, { kind: "none" }, ["full", "full"]);
    expect(served).toEqual(["1", "2"]);
  });

  test("whose answer has another shape fails in plain words that name the fields, and takes nothing for deleted", async () => {
    await using server = provider(page(ids("1", "2")), page({ rows: [] }));
    const { runs, served } = await synced(server, { kind: "none" }, ["full", "full"], {
      items: (answer) => z.object({ items: z.array(z.unknown()) }).parse(answer).items,
    });
    expect(runs.map(({ state }) => state)).toEqual(["succeeded", "failed"]);
    expect(runs[1]?.error).toContain("was answered in a shape that is not known here: items (invalid_type)");
    expect(runs[1]?.error).not.toContain("{");
    expect(served).toEqual(["1", "2"]);
  });

  test("that is arranged is read to its end first, and renders anew what a change elsewhere touches", async () => {
    const names = (first: string) => page({ items: [{ id: "1", name: first }], next: "c" });
    const children = page({
      items: Array.from({ length: 60 }, (_, index) => ({ id: `k${index}`, up: "1" })),
    });
    await using server = provider(names("Old"), children, names("New"), children);
    const cursor = { kind: "cursor", parameter: "after", next: nextIn } as const;
    const { runs, served } = await synced(server, cursor, ["full", "incremental"], {
      arrange: (items) => {
        const named = new Map(items.map((one) => [one.id, one["name"]]));
        return items.map((one) => ({ ...one, path: named.get(String(one["up"])) }));
      },
      render: (one) => ({
        integrationArtifactId: one.id,
        kind: "document",
        title: one.id,
        markdown: `Below ${String(one["path"] ?? one["name"])}.`,
      }),
    });
    // The first differs by its own name, the others by that of the one they belong to.
    expect(runs.map(({ state, inserted, updated }) => [state, inserted, updated])).toEqual([
      ["succeeded", 61, 0],
      ["succeeded", 0, 61],
    ]);
    expect(served).toHaveLength(61);
  });

  test("that is arranged and ends in an error serves what it did before", async () => {
    await using server = provider(
      page({ ...ids("1", "2"), next: "" }),
      page({ ...ids("1"), next: "c" }),
      () => Response.json({ error: "no" }, { status: 403 }),
      page(ids()),
    );
    const cursor = { kind: "cursor", parameter: "after", next: nextIn } as const;
    const { runs, served } = await synced(server, cursor, ["full", "full", "full"], {
      arrange: (items) => items,
    });
    expect(runs.map(({ state, deleted }) => [state, deleted])).toEqual([
      ["succeeded", 0],
      ["failed", 0],
      ["succeeded", 2],
    ]);
    expect(served).toEqual([]);
  });
});
