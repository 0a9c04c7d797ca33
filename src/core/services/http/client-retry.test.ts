import { describe, expect, test } from "bun:test";
import { PermanentError, RateLimitedError, TransientError } from "@/core/models/errors";
import { clientOf, provider } from "@test/provider";
import { temporaryDatabase } from "@test/database";
import { systemClock } from "./clock";
import { createDailyBudget } from "./daily-budget";
import { createRequestCounter } from "./request-counter";
import { createHttpShared } from "./shared";

const outcome = (job: Promise<{ data: unknown }>) =>
  job.then(
    ({ data }) => data,
    (error: unknown) => error,
  );
const ok = () => Response.json({ ok: true });
const fails =
  (status: number, headers: Record<string, string> = {}) =>
  () =>
    Response.json({ message: "Try later." }, { status, headers });
const retryAt = (error: unknown) =>
  error instanceof RateLimitedError ? error.retryAt.getTime() : Number.NaN;

describe("passing trouble", () => {
  test.each([500, 502, 503, 504, 529, 408])(
    "a burst of five %p and then an answer is an answer",
    async (status) => {
      const trouble = fails(status);
      await using server = provider(trouble, trouble, trouble, trouble, trouble, ok);
      const client = clientOf(server);
      expect(await outcome(client.request({ url: server.url, expect: "json" }))).toEqual({ ok: true });
      expect(client.ledger.entries().map((entry) => [entry.attempt, entry.status])).toEqual([
        ...[1, 2, 3, 4, 5].map((attempt) => [attempt, status]),
        [6, 200],
      ]);
      expect(client.log.lines.filter(({ message }) => message.includes("again"))).toHaveLength(5);
    },
  );

  test("trouble is no limit because its headers also tell when the hour of a limit ends", async () => {
    const inAnHour = String(Math.floor(Date.now() / 1_000) + 3_600);
    const window = { "X-RateLimit-Remaining": "4999", "X-RateLimit-Reset": inAnHour };
    await using server = provider(fails(502, window), ok);
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "json" }))).toEqual({
      ok: true,
    });
    await using spent = provider(fails(503, { ...window, "X-RateLimit-Remaining": "0" }), ok);
    const error = await outcome(clientOf(spent).request({ url: spent.url, expect: "json" }));
    expect(retryAt(error)).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test("trouble without an end is told with its status after six attempts", async () => {
    await using server = provider(fails(502));
    const error = await outcome(clientOf(server).request({ url: `${server.url}/v1/pages`, expect: "json" }));
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain(`GET ${server.host}/v1/pages was answered with 502: Try later.`);
    expect(server.heard).toHaveLength(6);
  });

  test("a request that must not be sent twice is not", async () => {
    await using server = provider(fails(503));
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "json", attempts: 1 }));
    expect(error).toBeInstanceOf(TransientError);
    expect(server.heard).toHaveLength(1);
  });

  test("a name that is not found and then found again", async () => {
    await using server = provider(ok);
    let asked = 0;
    const resolve = async () => {
      if (++asked < 3) throw new Error("ENOTFOUND");
      return ["127.0.0.1"];
    };
    let refreshed = 0;
    const host = `wiki.test:${new URL(server.url).port}`;
    const auth = { headers: async () => ({}), refresh: async () => void refreshed++ };
    const client = clientOf([host], { auth, shared: createHttpShared({ resolve }) });
    expect(await outcome(client.request({ url: `http://${host}`, expect: "json" }))).toEqual({ ok: true });
    expect([asked, refreshed]).toEqual([3, 0]);
  });

  test("a server that is not there", async () => {
    const client = clientOf(["127.0.0.1:9"], { policy: { attempts: 2, baseDelayMs: 1 } });
    const error = await outcome(client.request({ url: "http://127.0.0.1:9", expect: "json" }));
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain("127.0.0.1:9 refused the connection");
  });

  test("an abort ends the wait between two attempts", async () => {
    await using server = provider(fails(503, { "Retry-After": "30" }));
    const controller = new AbortController();
    const { signal } = controller;
    const client = clientOf(server);
    const asked = outcome(client.request({ url: server.url, expect: "json", signal }));
    while (client.log.lines.length === 0) await Bun.sleep(1);
    controller.abort(new Error("stop"));
    expect(await asked).toEqual(new Error("stop"));
    expect(server.heard).toHaveLength(1);
  });
});

describe("a rate limit", () => {
  test.each([
    ["seconds", () => ({ "Retry-After": "0.15" })],
    ["Discord's own header", () => ({ "X-RateLimit-Reset-After": "0.15" })],
    [
      "epoch milliseconds",
      () => ({
        "X-RateLimit-Reset": String(Date.now() + 1_150),
        Date: new Date(Date.now() + 1_000).toUTCString(),
      }),
    ],
  ])("with %s is waited for at least as long", async (_name, headers) => {
    await using server = provider(() => fails(429, headers())(), ok);
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "json" }))).toEqual({
      ok: true,
    });
    const [first, second] = server.heard;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(140);
  });

  test("with a date is measured by the server's clock, not by ours", async () => {
    const future = Date.now() + 3_600_000;
    const headers = {
      Date: new Date(future).toUTCString(),
      "Retry-After": new Date(future + 1_000).toUTCString(),
    };
    await using server = provider(fails(429, headers), ok);
    const begun = performance.now();
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "json" }))).toEqual({
      ok: true,
    });
    // By ours it would be an hour.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(990);
  });

  test("without a hint backs off, and is deferred, not dropped, when it goes on", async () => {
    await using server = provider(fails(429));
    const begun = Date.now();
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "json" }));
    expect(server.heard).toHaveLength(6);
    expect(retryAt(error)).toBeWithin(begun + 55_000, Date.now() + 70_000);
  });

  test.each(["-5", "0", "junk", "NaN"])("with %p for a time is one without a hint", async (text) => {
    await using server = provider(fails(429, { "Retry-After": text }), ok);
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "json" }))).toEqual({
      ok: true,
    });
  });

  test.each([
    ["two hours", "7200", 7_200_000],
    ["ten years", "315360000", 86_400_000],
  ])("of %s parks the run, frees the slot and holds the whole queue", async (_name, text, ms) => {
    await using server = provider(fails(429, { "Retry-After": text }), ok);
    const client = clientOf(server, { hostLimits: { "*": { concurrency: 1, spacingMs: 0 } } });
    const begun = Date.now();
    const errors = [
      await outcome(client.request({ url: server.url, expect: "json" })),
      await outcome(client.request({ url: `${server.url}/other`, expect: "json" })),
    ];
    for (const error of errors)
      expect(retryAt(error)).toBeWithin(begun + ms - 1_000, Date.now() + ms + 1_000);
    expect(server.heard).toHaveLength(1);
  });

  test("holds everyone of the same host and credential, and nobody else", async () => {
    await using server = provider(fails(429, { "Retry-After": "0.5" }), ok);
    const shared = createHttpShared();
    const [ann, bob] = [
      clientOf(server, { shared, credentialKey: "ann" }),
      clientOf(server, { shared, credentialKey: "bob" }),
    ];
    const ask = (client: typeof ann, name: string) =>
      client.request({ url: `${server.url}/${name}`, expect: "json" });
    const first = ask(ann, "first");
    while (ann.log.lines.length === 0) await Bun.sleep(1);
    await Promise.all([first, ask(ann, "second"), ask(bob, "bob")]);
    const times = Object.fromEntries(server.heard.map(({ path, at }) => [path, at]));
    expect(server.heard.slice(0, 2).map(({ path }) => path)).toEqual(["/first", "/bob"]);
    expect(Number(times["/second"]) - (server.heard[0]?.at ?? 0)).toBeGreaterThanOrEqual(490);
  });

  test("is told from a lack of rights when a 403 speaks of a limit", async () => {
    const reset = String(Math.floor(Date.now() / 1_000) + 3_600);
    await using server = provider(fails(403, { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": reset }));
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "json" }));
    expect(retryAt(error)).toBeGreaterThan(Date.now() + 3_500_000);
  });

  test("is not met: an answer that says none is left pauses the queue until the next window", async () => {
    const last = { "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "0.2" };
    await using server = provider(() => Response.json({ ok: true }, { headers: last }), ok);
    const client = clientOf(server);
    await client.request({ url: server.url, expect: "json" });
    await client.request({ url: server.url, expect: "json" });
    expect((server.heard[1]?.at ?? 0) - (server.heard[0]?.at ?? 0)).toBeGreaterThanOrEqual(190);
  });
});

describe("the day's budget", () => {
  test("counts every attempt, outlives the client, and parks the run until midnight", async () => {
    await using database = await temporaryDatabase();
    await using server = provider(fails(503), ok);
    const client = () => {
      const counter = createRequestCounter(database.db, "test");
      return clientOf(server, { budget: createDailyBudget({ requestsPerDay: 3, counter }) });
    };
    const ask = () => outcome(client().request({ url: server.url, expect: "json" }));
    expect([await ask(), await ask()]).toEqual([{ ok: true }, { ok: true }]);
    const error = await ask();
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(new Date(retryAt(error)).toISOString()).toEndWith("T00:00:00.000Z");
    expect(server.heard).toHaveLength(3);
  });
});

test("requests keep to the pace of their host", async () => {
  await using server = provider(ok);
  const client = clientOf(server, { hostLimits: { [server.host]: { concurrency: 4, spacingMs: 30 } } });
  const begun = performance.now();
  await Promise.all([1, 2, 3, 4].map(() => client.request({ url: server.url, expect: "json" })));
  expect(performance.now() - begun).toBeGreaterThanOrEqual(85);
});

test("the wait between two attempts holds no slot", async () => {
  await using server = provider(fails(500), ok);
  const waited = Promise.withResolvers<void>();
  const shared = createHttpShared({ clock: { ...systemClock, sleep: () => waited.promise } });
  const hostLimits = { "*": { concurrency: 1, spacingMs: 0 } };
  const client = clientOf(server, { shared, hostLimits });
  const ask = (name: string) => client.request({ url: `${server.url}/${name}`, expect: "json" });
  const waiting = ask("waiting");
  while (client.log.lines.length === 0) await Bun.sleep(1);
  await ask("other");
  waited.resolve();
  await waiting;
  expect(server.heard.map(({ path }) => path)).toEqual(["/waiting", "/other", "/waiting"]);
});

test("a request that runs out of time gives its slot to the next", async () => {
  await using server = provider(() => new Promise<Response>(() => undefined), ok);
  const hostLimits = { "*": { concurrency: 1, spacingMs: 0 } };
  const shared = createHttpShared();
  const once = { shared, hostLimits, policy: { attempts: 1 } };
  const ask = (client: ReturnType<typeof clientOf>) =>
    outcome(client.request({ url: server.url, expect: "json" }));
  const hasty = clientOf(server, { ...once, timeouts: { headersMs: 60 } });
  const [first, second] = await Promise.all([ask(hasty), ask(clientOf(server, once))]);
  expect(first).toBeInstanceOf(TransientError);
  expect(second).toEqual({ ok: true });
});

test("a refusal is not asked again", async () => {
  await using server = provider(fails(400));
  const error = await outcome(clientOf(server).request({ url: server.url, expect: "json" }));
  expect(error).toBeInstanceOf(PermanentError);
  expect(server.heard).toHaveLength(1);
});
