import { describe, expect, test } from "bun:test";
import { z } from "zod";
import { PermanentError } from "@/core/models/errors";
import { bearerAuth } from "@/core/services/http/auth-kinds";
import { MissingError } from "@/core/services/http/errors";
import { clientOf, keepingLogger, provider } from "@test/provider";
import { createGithubApi } from "./api";

const list = z.array(z.number());
function apiOf(server: { url: string; host: string }) {
  const services = { http: () => clientOf(server), apiUrl: () => server.url, log: keepingLogger() };
  return createGithubApi(services, bearerAuth("t"), new AbortController().signal);
}
const outcome = (job: Promise<unknown>) => job.catch((error: unknown) => error);

describe("a listing", () => {
  test("goes on at the API that is asked, also where a proxy shows links of the host behind it", async () => {
    const link = '<https://api.github.com/repositories/7/issues?page=2>; rel="next"';
    await using server = provider(() => Response.json([1], { headers: { link } }));
    const { next } = await apiOf(server).get("/repos/a/b/issues", list);
    expect(next).toBe(`${server.url}/repositories/7/issues?page=2`);
  });

  test("that did not change is told by its ETag", async () => {
    await using server = provider(
      () => Response.json([1], { headers: { etag: 'W/"one"' } }),
      ({ headers }) => new Response(null, { status: headers.get("if-none-match") === 'W/"one"' ? 304 : 500 }),
    );
    const api = apiOf(server);
    const { etag } = await api.get("/repos/a/b/issues", list);
    expect(await api.get("/repos/a/b/issues", list, { etag })).toBeUndefined();
  });

  test("that leads to another host is not followed", async () => {
    await using other = provider(() => Response.json([1]));
    await using server = provider(() => Response.redirect(`${other.url}/x`, 301));
    const services = {
      http: () => clientOf([server.host, other.host]),
      apiUrl: () => server.url,
      log: keepingLogger(),
    };
    const api = createGithubApi(services, bearerAuth("t"), new AbortController().signal);
    const error = await outcome(api.get("/repos/a/b/issues", list));
    expect(error instanceof PermanentError && error.message).toContain("another host");
    expect(other.heard.map(({ headers }) => headers.get("authorization"))).toEqual([null]);
  });

  test("tells the time by GitHub's clock", async () => {
    const date = "Fri, 01 May 2026 12:00:00 GMT";
    await using server = provider(() => Response.json([], { headers: { date } }));
    const api = apiOf(server);
    await api.get("/x", list);
    expect(api.now().toISOString()).toBe("2026-05-01T12:00:00.000Z");
  });
});

describe("a GraphQL question", () => {
  const ask = async (body: unknown) => {
    await using server = provider(() => Response.json(body));
    return await outcome(apiOf(server).graphql("{x}", {}, z.object({ x: z.number() })));
  };

  test("gives its data, and what was wrong with parts of it", async () => {
    const errors = [{ type: "NOT_FOUND", message: "No y." }];
    expect(await ask({ data: { x: 1 }, errors })).toEqual({ data: { x: 1 }, errors });
  });

  test("for what is not there is missing", async () => {
    const errors = [{ type: "NOT_FOUND", message: "Could not resolve to a Repository." }];
    expect(await ask({ data: { x: null }, errors })).toBeInstanceOf(MissingError);
  });

  test("that is refused is told in GitHub's words; one of another shape by the fields it lacks", async () => {
    const errors = [{ type: "FORBIDDEN", message: "Resource not accessible by personal access token" }];
    expect(String(await ask({ data: null, errors }))).toContain("not accessible by personal access token");
    expect(String(await ask({ data: { z: 1 } }))).toContain("without what was asked for (x)");
  });
});
