import { describe, expect, test } from "bun:test";
import type { Socket } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { PermanentError, TransientError } from "@/core/models/errors";
import { sleep } from "@/lib/retry";
import { clientOf, provider, rawProvider } from "@test/provider";
import { TooLargeError } from "./errors";

const outcome = (job: Promise<{ data: unknown }>) =>
  job.then(
    ({ data }) => data,
    (error: unknown) => error,
  );
/** Resolves once every connection is closed. */
async function hungUp(server: { sockets: ReadonlySet<Socket> }): Promise<void> {
  while (![...server.sockets].every((socket) => socket.destroyed)) await sleep(5);
}
const once = { policy: { attempts: 1 } };
const head = (...headers: string[]) => ["HTTP/1.1 200 OK", ...headers, "", ""].join("\r\n");
const json = "Content-Type: application/json";

describe("an answer that breaks off is never taken for data", () => {
  const whole = '{"items":[1,2,3]}';
  test.each([
    ["fewer bytes than promised", `${head(json, "Content-Length: 500")}${whole}`],
    ["valid JSON, but fewer bytes than promised", `${head(json, "Content-Length: 18")}${whole}`],
    ["chunks without their end", `${head(json, "Transfer-Encoding: chunked")}5\r\n{"a":\r\n`],
    ["an unbounded body that is cut within", `${head(json, "Connection: close")}{"items":[1,2`],
    ["an empty body", head(json, "Content-Length: 0")],
    ["no answer at all", ""],
    ["something that is not HTTP", "SSH-2.0-OpenSSH_9\r\n\r\n"],
    ["headers without their end", "HTTP/1.1 200 OK\r\nContent-Type: appl"],
    [
      "packed bytes that are cut",
      new Uint8Array([
        ...Buffer.from(head(json, "Content-Encoding: gzip", "Connection: close")),
        ...gzipSync(whole).subarray(0, 20),
      ]),
    ],
    [
      "packed bytes that are none",
      `${head(json, "Content-Encoding: gzip", "Connection: close")}not gzip at all`,
    ],
  ])("%s", async (_name, bytes) => {
    using server = await rawProvider(bytes);
    const error = await outcome(clientOf(server, once).request({ url: server.url, expect: "json" }));
    expect(error).toBeInstanceOf(TransientError);
  });

  test("a connection that is reset within the body is passing trouble", async () => {
    using server = await rawProvider((socket) => {
      socket.write(`${head(json, "Content-Length: 500")}{"items":`);
      setTimeout(() => socket.resetAndDestroy(), 10);
    });
    const error = await outcome(clientOf(server, once).request({ url: server.url, expect: "json" }));
    expect(error).toBeInstanceOf(TransientError);
  });

  test("the page is fetched again, whole", async () => {
    let asked = 0;
    using server = await rawProvider((socket) => {
      const length = ++asked === 1 ? 500 : whole.length;
      socket.end(`${head(json, `Content-Length: ${length}`, "Connection: close")}${whole}`);
    });
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "json" }))).toEqual({
      items: [1, 2, 3],
    });
    expect(asked).toBe(2);
  });
});

describe("no wait is without an end", () => {
  type Timeouts = NonNullable<Parameters<typeof clientOf>[1]>["timeouts"];
  /** Only one of the three is short in a test: which of two ends first is for the machine to say. */
  const ask = (server: { url: string; host: string }, timeouts: Timeouts, signal?: AbortSignal) =>
    outcome(
      clientOf(server, { ...once, timeouts }).request({
        url: server.url,
        expect: "text",
        ...(signal === undefined ? {} : { signal }),
      }),
    );

  test("a server that accepts and never answers", async () => {
    using server = await rawProvider(() => undefined);
    const error = await ask(server, { headersMs: 80 });
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain("did not answer within 80 ms");
  });

  test("a body that stops", async () => {
    using server = await rawProvider((socket) => void socket.write(`${head("Content-Length: 500")}abc`));
    const error = await ask(server, { idleMs: 80 });
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain("sent nothing more within 80 ms");
  });

  test("a slow drip that never stops, nor ends", async () => {
    using server = await rawProvider((socket) => {
      socket.write(head("Content-Length: 500"));
      const drip = setInterval(() => socket.write("."), 20);
      socket.on("close", () => clearInterval(drip));
    });
    const error = await ask(server, { totalMs: 300 });
    expect(error).toBeInstanceOf(TransientError);
    expect(String(error)).toContain("did not finish its answer within 300 ms");
    await hungUp(server);
  });

  test("a caller who leaves, before the headers and within the body", async () => {
    using silent = await rawProvider(() => undefined);
    using stalled = await rawProvider((socket) => void socket.write(`${head("Content-Length: 500")}abc`));
    for (const server of [silent, stalled]) {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error("stop")), 30);
      expect(await ask(server, {}, controller.signal)).toEqual(new Error("stop"));
    }
  });
});

describe("size is bounded, on the wire and unpacked", () => {
  const maxBytes = 1_000_000;

  test("an endless answer is left at the cap, with little memory", async () => {
    let sent = 0;
    const block = Buffer.alloc(256 * 1_024, "a");
    using server = await rawProvider((socket) => {
      socket.write(head("Content-Type: text/plain", "Connection: close"));
      const push = () => {
        while (!socket.destroyed) {
          sent += block.length;
          if (!socket.write(block)) return;
        }
      };
      socket.on("drain", push);
      push();
    });
    const before = process.memoryUsage().rss;
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "bytes", maxBytes }));
    expect(error).toBeInstanceOf(TooLargeError);
    await hungUp(server);
    expect(sent).toBeLessThan(50_000_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test("a promise of too much is not even read", async () => {
    using server = await rawProvider((socket) => void socket.write(head("Content-Length: 5000000000")));
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "bytes", maxBytes }));
    expect(error).toBeInstanceOf(TooLargeError);
  });

  test("a bomb is left while it is unpacked", async () => {
    const bomb = gzipSync(new Uint8Array(400_000_000), { level: 1 });
    await using server = provider(() => new Response(bomb, { headers: { "Content-Encoding": "gzip" } }));
    const before = process.memoryUsage().rss;
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "bytes", maxBytes }));
    expect(error).toBeInstanceOf(TooLargeError);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    expect(server.heard).toHaveLength(1);
  });

  test("exactly as much as is taken is taken", async () => {
    const bytes = new Uint8Array(1_000).fill(7);
    await using server = provider(() => new Response(bytes));
    const ask = (limit: number) =>
      outcome(clientOf(server).request({ url: server.url, expect: "bytes", maxBytes: limit }));
    expect(await ask(1_000)).toEqual(bytes);
    expect(await ask(999)).toBeInstanceOf(TooLargeError);
  });

  test.each(["identity", "gzip"])(
    "a refusal with a book for a body (%s) is read as far as its words go",
    async (encoding) => {
      const book = Buffer.from("too much ".repeat(1_000_000));
      const bytes = encoding === "gzip" ? gzipSync(book) : book;
      await using server = provider(
        () => new Response(bytes, { status: 400, headers: { "Content-Encoding": encoding } }),
      );
      const error = await outcome(clientOf(server).request({ url: server.url, expect: "json" }));
      expect(error).toBeInstanceOf(PermanentError);
      expect(String(error)).toContain("was answered with 400: too much");
      expect(String(error).length).toBeLessThan(600);
    },
  );
});

describe("packed answers", () => {
  test.each([
    ["gzip", gzipSync("wörld")],
    ["GZIP", gzipSync("wörld")],
    ["deflate", deflateSync("wörld")],
    ["br", brotliCompressSync("wörld")],
    ["identity", Buffer.from("wörld")],
  ])("%s", async (encoding, bytes) => {
    await using server = provider(() => new Response(bytes, { headers: { "Content-Encoding": encoding } }));
    expect(await outcome(clientOf(server).request({ url: server.url, expect: "text" }))).toBe("wörld");
    expect(server.heard[0]?.headers.get("accept-encoding")).toBe("gzip");
  });

  test("in an unknown way are refused by name", async () => {
    await using server = provider(
      () => new Response("x", { headers: { "Content-Encoding": "gzip, rot13" } }),
    );
    const error = await outcome(clientOf(server).request({ url: server.url, expect: "text" }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("rot13");
  });
});
