import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type HttpApp, httpApp, play } from "@test/http";
import { artifactsAnswerSchema, artifactSchema } from "@/core/models/api";

let http: HttpApp;
beforeAll(async () => {
  http = await httpApp();
  http.shelf.put("100%", "# Percent\n\nA literal per cent sign.");
  const [run] = await http.app.runner.start({ integration: "Shelf", mode: "full", trigger: "manual" });
  await http.app.runner.wait(run?.runId ?? "");
});
afterAll(() => http[Symbol.asyncDispose]());

async function list(query: string) {
  const text = await play(http, { name: query, path: `/api/artifacts/SHELF${query}`, status: 200 });
  const { artifacts, total } = artifactsAnswerSchema.parse(JSON.parse(text));
  return { titles: artifacts.map(({ title }) => title), total };
}

describe("/api/artifacts", () => {
  test("pages, sorts and searches", async () => {
    const sorted = "?sortBy=title&sortOrder=asc";
    expect(await list(sorted)).toEqual({ titles: ["Note 100%", "Note a", "Note b", "Note c"], total: 4 });
    expect(await list(`${sorted}&offset=1&limit=2`)).toEqual({ titles: ["Note a", "Note b"], total: 4 });
    expect(await list("?sortBy=title&limit=1")).toEqual({ titles: ["Note c"], total: 4 });
    expect(await list("?search=NOTE%20B")).toEqual({ titles: ["Note b"], total: 1 });
    expect(await list("?search=100%25")).toEqual({ titles: ["Note 100%"], total: 1 });
    expect(await list("?search=%27%20OR%201%3D1%20--")).toEqual({ titles: [], total: 0 });
    expect((await list("?offset=99")).titles).toEqual([]);
  });

  test.each([
    ["?limit=201", "limit", "takes a whole number from 1 to 200"],
    ["?limit=0", "limit", "from 1 to 200"],
    ["?limit=", "limit", "from 1 to 200"],
    ["?limit=1e2", "limit", "from 1 to 200"],
    ["?limit=1&limit=2", "limit", "takes text"],
    ["?offset=-1", "offset", "takes a whole number from 0"],
    ["?sortBy=markdown", "sortBy", "takes one of title, artifactDate, updateDate, kind"],
    ["?sortOrder=up", "sortOrder", "takes one of asc, desc"],
    ["?sort=title", "sort", "it takes offset, limit, search, kind, sortBy, sortOrder"],
  ])("refuses %s", async (query, field, words) => {
    await play(http, {
      name: query,
      path: `/api/artifacts/Shelf${query}`,
      status: 400,
      contains: [`"field":"${field}"`, words],
    });
  });

  test("answers one artifact whole by either id", async () => {
    const bySource = await play(http, { name: "by source id", path: "/api/artifact/shelf%2Fa", status: 200 });
    const artifact = artifactSchema.parse(JSON.parse(bySource));
    expect(artifact.markdown).toContain("Zebras cross");
    expect(await play(http, { name: "by id", path: `/api/artifact/${artifact.id}`, status: 200 })).toBe(
      bySource,
    );
    await play(http, {
      name: "percent",
      path: "/api/artifact/shelf%2F100%25",
      status: 200,
      contains: ["per cent"],
    });
  });
});

describe("/api/search", () => {
  const search = { name: "search", method: "POST", path: "/api/search" };

  test.each([
    [{}, "query", "is missing; it takes text"],
    [{ query: "x", limit: 51 }, "limit", "takes at most 50"],
    [{ query: "x", limit: 1.5 }, "limit", "takes a whole number"],
    [{ query: "x", minDate: "soon" }, "minDate", "takes an ISO-8601 date"],
    [{ query: "x", minDate: "last 7" }, "minDate", "takes an ISO-8601 date"],
    [{ query: "x", maxDate: "2026-02-30" }, "maxDate", "takes an ISO-8601 date"],
    [{ query: "x", integrations: ["Shelf"] }, "integrations", "it takes query, limit, integration"],
    [{ query: "x", integration: 5 }, "integration", "takes text or a list"],
    [{ query: "x".repeat(10_001) }, "query", "takes at most 10000 character"],
  ])("refuses a request %#", async (body, field, words) => {
    await play(http, { ...search, body, status: 400, contains: [`"field":"${field}"`, words] });
  });

  test("one that was removed and one that never was are answered alike", async () => {
    await using http = await httpApp();
    await http.app.runner
      .start({ integration: "Shelf", mode: "full", trigger: "manual" })
      .then(async ([run]) => http.app.runner.wait(run?.runId ?? ""));
    const [row] = await http.app.db.raw.all(
      "SELECT id FROM mdArtifacts WHERE integrationArtifactId LIKE '%a'",
    );
    await http.app.db.raw.run("UPDATE mdArtifacts SET deletedAt = '2026-01-01T00:00:00.000Z' WHERE id = ?", [
      String(row?.["id"]),
    ]);
    const ask = async (id: string) => {
      const answer = await http.send("GET", `/api/artifact/${id}`);
      return { status: answer.status, text: (await answer.text()).replaceAll(id, "ID") };
    };
    const removed = await ask(String(row?.["id"]));
    expect(removed.status).toBe(404);
    expect(removed).toEqual(await ask("0123456789abcdef01234567"));
  });

  test("never widens an unusable filter", async () => {
    await play(http, {
      ...search,
      body: { query: "zebra", integration: "Shelv" },
      status: 400,
      contains: ["Shelf"],
    });
  });

  test.each(['"', "NEAR(", "a AND OR", "*", "title:x", "x -- ; DROP TABLE", "🦓", "(".repeat(5_000)])(
    "takes odd text %# as plain text",
    async (query) => {
      await play(http, { ...search, body: { query }, status: 200, contains: ['"results":'] });
    },
  );
});
