/** The requests to Notion, against a server that answers as told. */
import { describe, expect, test } from "bun:test";
import { CursorExpiredError, PermanentError } from "@/core/models/errors";
import type { ProviderHttpOptions } from "@/core/models/http";
import { ForbiddenError, MissingError, RequestRefusedError } from "@/core/services/http/errors";
import { clientOf, type Heard, keepingLogger, provider } from "@test/provider";
import { allOf, apiBase, createNotionApi } from "./notion-api";

const id = "0123456789abcdef0123456789abcdef";
const list = (results: unknown[], next: string | null = null) =>
  Response.json({ object: "list", results, next_cursor: next, has_more: next !== null });
const refusal = (status: number, code: string, message = "No.") =>
  Response.json({ object: "error", status, code, message }, { status });

function notion(...answers: ((heard: Heard) => Response)[]) {
  const server = provider(...answers);
  const auth = { headers: () => Promise.resolve({ Authorization: "Bearer ntn_secret" }) };
  const services = {
    http: (options: ProviderHttpOptions = {}) => clientOf(server, options),
    apiUrl: () => server.url,
    log: keepingLogger(),
  };
  return {
    api: createNotionApi(services, auth, new AbortController().signal),
    base: apiBase(services),
    heard: server.heard,
    bodies: () => server.heard.map(({ body }): unknown => JSON.parse(body)),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const page = {
  object: "page",
  id,
  created_time: "2026-05-01T09:00:00.000Z",
  last_edited_time: "2026-05-01T09:00:00.000Z",
  parent: { type: "workspace", workspace: true },
  properties: {},
};

describe("a request", () => {
  test("says which version it is written for, and whose it is", async () => {
    await using place = notion(() => Response.json(page));
    expect(await place.api.page(id)).toMatchObject({ id, in_trash: false, url: "" });
    const [heard] = place.heard;
    expect(heard).toMatchObject({ method: "GET", path: `/v1/pages/${id}` });
    expect(heard?.headers.get("notion-version")).toBe("2026-03-11");
    expect(heard?.headers.get("authorization")).toBe("Bearer ntn_secret");
    expect(place.base).toEndWith("/v1");
  });

  test("for a search names kind and order, and the trash only where it is meant", async () => {
    await using place = notion(() => list([]));
    await place.api.search({ object: "page" });
    await place.api.search({ object: "data_source", inTrash: true, oldestFirst: true, cursor: "c1" });
    await place.api.search({ object: "page", inTrash: false, cursor: null });
    const search = (value: string, direction: string, more: object = {}, trash: object = {}) => ({
      filter: { property: "object", value, ...trash },
      sort: { timestamp: "last_edited_time", direction },
      page_size: 100,
      ...more,
    });
    expect(place.bodies()).toEqual([
      search("page", "descending"),
      search("data_source", "ascending", { start_cursor: "c1" }, { in_trash: true }),
      search("page", "descending"),
    ]);
  });

  test("for rows goes by the time they were made, which never changes", async () => {
    await using place = notion(() => list([]));
    const filter = { timestamp: "created_time", created_time: { on_or_after: "2026-01-01" } };
    await place.api.query(id, undefined, null);
    await place.api.query(id, filter, "c1");
    const sorts = [{ timestamp: "created_time", direction: "ascending" }];
    expect(place.bodies()).toEqual([
      { sorts, page_size: 100 },
      { filter, sorts, page_size: 100, start_cursor: "c1" },
    ]);
    expect(place.heard[0]?.path).toBe(`/v1/data_sources/${id}/query`);
  });

  test.each([
    ["content", (api: Api) => api.markdown(id, true), `/v1/pages/${id}/markdown?include_transcript=true`],
    [
      "comments",
      (api: Api) => api.comments(id, "c"),
      `/v1/comments?block_id=${id}&page_size=100&start_cursor=c`,
    ],
    ["blocks", (api: Api) => api.children(id), `/v1/blocks/${id}/children?page_size=100`],
    // Notion's ids of properties are encoded already.
    ["a property", (api: Api) => api.property(id, "a%3Bb"), `/v1/pages/${id}/properties/a%3Bb?page_size=100`],
  ])("for %s has the path that Notion knows", async (_, ask, path) => {
    await using place = notion(() => Response.json({ markdown: "", results: [] }));
    await ask(place.api);
    expect(place.heard[0]?.path).toBe(path);
  });
});

type Api = ReturnType<typeof createNotionApi>;

describe("an answer", () => {
  test("of mixed objects keeps those of which only the id may be seen, and those of tomorrow", async () => {
    const some = [page, { object: "page", id: "partial" }, { object: "hologram", id: "new", x: 1 }];
    await using place = notion(() => list(some));
    const { data } = await place.api.search({ object: "page" });
    expect(data.results.map((one) => one.id)).toEqual([id, "partial", "new"]);
  });

  test("tells the time by Notion's clock", async () => {
    const date = "Sat, 02 May 2026 10:00:00 GMT";
    await using place = notion(() => Response.json({ object: "user", id }, { headers: { date } }));
    expect((await place.api.now()).toISOString()).toBe("2026-05-02T10:00:00.000Z");
  });
});

describe("a refusal", () => {
  test("for a conflict at Notion's side is asked again, other conflicts are not", async () => {
    await using place = notion(
      () => refusal(409, "conflict_error"),
      () => Response.json(page),
    );
    expect(await place.api.page(id)).toMatchObject({ id });
    expect(place.heard).toHaveLength(2);
    await using other = notion(() => refusal(409, "something_else"));
    await expect(other.api.page(id)).rejects.toBeInstanceOf(PermanentError);
    expect(other.heard).toHaveLength(1);
  });

  test("of a cursor that is forgotten is told from other refusals", async () => {
    const forgotten = "body failed validation: body.start_cursor should be a valid cursor.";
    await using place = notion(
      () => refusal(400, "validation_error", forgotten),
      () => refusal(400, "validation_error", "body.filter should be defined."),
      () => refusal(404, "object_not_found", "start_cursor"),
      () => refusal(403, "restricted_resource"),
    );
    const search = () => place.api.search({ object: "page", cursor: "old" });
    await expect(search()).rejects.toBeInstanceOf(CursorExpiredError);
    await expect(search()).rejects.toBeInstanceOf(RequestRefusedError);
    await expect(search()).rejects.toBeInstanceOf(MissingError);
    await expect(search()).rejects.toBeInstanceOf(ForbiddenError);
  });
});

describe("a listing", () => {
  test("is read to its end, however long", async () => {
    const pages = 120;
    const found = await allOf((cursor = "0") => {
      const at = Number(cursor);
      return Promise.resolve({ results: [at], next_cursor: at + 1 < pages ? String(at + 1) : null });
    });
    expect(found).toEqual(Array.from({ length: pages }, (_, at) => at));
  });

  test("that goes in a circle is said to be stuck, and not taken for complete", async () => {
    const circle = allOf((cursor) =>
      Promise.resolve({ results: [1], next_cursor: cursor === "a" ? "b" : "a" }),
    );
    await expect(circle).rejects.toThrow("stuck");
  });
});
