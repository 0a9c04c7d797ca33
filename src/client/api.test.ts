import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { ApiError, asApiError, createApi } from "./api";

/** A real server whose next answer is set by each test, and which keeps what it was asked. */
const next = { answer: () => Response.json({}) };
const asked: { method: string; path: string; body: string }[] = [];
let server: ReturnType<typeof Bun.serve>;
let api: ReturnType<typeof createApi>;

beforeAll(() => {
  server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: async (request) => {
      asked.push({ method: request.method, path: new URL(request.url).pathname, body: await request.text() });
      return next.answer();
    },
  });
  api = createApi(`http://127.0.0.1:${server.port}`);
});
afterAll(() => server.stop(true));

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error("It did not fail.");
}

describe("the API client", () => {
  test("sends what was asked for and parses what comes back", async () => {
    next.answer = () => Response.json({ results: [], timings: { total: 1 }, notes: [] });
    expect((await api.search({ query: "price", limit: 5 })).timings.total).toBe(1);
    expect(asked.at(-1)).toEqual({
      method: "POST",
      path: "/api/search",
      body: '{"query":"price","limit":5}',
    });
  });

  test("names each route, with names escaped", async () => {
    next.answer = () => Response.json({ runId: "r", runs: [], cancelled: true });
    await api.sync("A/B", "full");
    await api.sync("Files", "incremental");
    await api.purge("Files");
    await api.cancel("r 1");
    await api.retryFailed();
    expect(asked.slice(-5).map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /api/sync/A%2FB",
      "POST /api/sync/updates/Files",
      "DELETE /api/sync/Files",
      "POST /api/runs/r%201/cancel",
      "POST /api/syncTasks/retry",
    ]);
  });

  test("turns an error answer into one error with its fields", async () => {
    const details = [{ field: "path", message: "There is no such folder." }];
    next.answer = () =>
      Response.json(
        { error: { code: "invalid_input", message: "That did not work.", details } },
        { status: 400 },
      );
    const error = await failureOf(api.connect({ integration: "Files" }));
    expect(error).toMatchObject({
      code: "invalid_input",
      message: "That did not work.",
      details,
      status: 400,
    });
  });

  test("says so when an answer is not what it expects", async () => {
    next.answer = () => Response.json({ runs: "many" });
    expect((await failureOf(api.runs())).code).toBe("unexpected");
    next.answer = () => new Response("<h1>Bad gateway</h1>", { status: 502 });
    expect((await failureOf(api.runs())).message).toBe("The server answered with status 502.");
  });

  test("says so in plain words when nobody answers", async () => {
    const error = await failureOf(createApi("http://127.0.0.1:1").runs());
    expect(error.code).toBe("unreachable");
    expect(error.message).toContain("Check that it is still running");
  });

  test("makes one kind of error of anything", () => {
    expect(asApiError(new TypeError("odd")).message).toBe("odd");
    const own = new ApiError("conflict", "held");
    expect(asApiError(own)).toBe(own);
  });
});
