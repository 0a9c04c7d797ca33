import { describe, expect, test } from "bun:test";
import { PermanentError } from "@/core/models/errors";
import { certificate } from "@test/certificate";
import { clientOf, provider } from "@test/provider";
import { BlockedAddressError } from "./errors";
import { createHttpShared } from "./shared";

const outcome = (job: Promise<unknown>) =>
  job.then(
    () => "answered",
    (error: unknown) => error,
  );

/** A resolver that answers from a list, each answer once, and counts. */
function resolver(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = async (hostname: string) => {
    asked.push(hostname);
    return answers[Math.min(asked.length, answers.length) - 1] ?? [];
  };
  return { asked, resolve };
}

function secureServer(name: string, options: { expired?: boolean } = {}) {
  const { key, cert } = certificate(name, options);
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    tls: { key, cert },
    fetch: (request) => new Response(`hello from ${request.headers.get("host")}`),
  });
  return { cert, port: server.port, [Symbol.asyncDispose]: () => server.stop(true) };
}

describe("the connection goes to the checked address", () => {
  test("over http: the name is resolved once and travels in the Host header", async () => {
    await using server = provider(() => new Response("ok"));
    const { asked, resolve } = resolver(["127.0.0.1"], ["10.255.255.1"]);
    const host = `wiki.test:${server.port}`;
    const client = clientOf([host], { shared: createHttpShared({ resolve }) });
    expect((await client.request({ url: `http://${host}/a`, expect: "text" })).data).toBe("ok");
    expect(asked).toEqual(["wiki.test"]);
    expect(server.heard[0]?.headers.get("host")).toBe(host);
  });

  test("over https: the certificate is checked against the name", async () => {
    await using server = secureServer("wiki.test");
    const { resolve } = resolver(["127.0.0.1"]);
    const ask = (name: string, ca?: string) => {
      const host = `${name}:${server.port}`;
      const shared = createHttpShared(ca === undefined ? { resolve } : { resolve, ca });
      return clientOf([host], { shared }).request({ url: `https://${host}/`, expect: "text" });
    };
    expect((await ask("wiki.test", server.cert)).data).toBe(`hello from wiki.test:${server.port}`);
    for (const error of [await outcome(ask("other.test", server.cert)), await outcome(ask("wiki.test"))]) {
      expect(error).toBeInstanceOf(PermanentError);
      expect(String(error)).toContain("secure connection");
    }
  });

  test("an expired certificate fails for good, in plain words, after one attempt", async () => {
    await using server = secureServer("wiki.test", { expired: true });
    const host = `wiki.test:${server.port}`;
    const shared = createHttpShared({ resolve: resolver(["127.0.0.1"]).resolve, ca: server.cert });
    const client = clientOf([host], { shared });
    const error = await outcome(client.request({ url: `https://${host}/`, expect: "text" }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(String(error)).toContain("CERT_HAS_EXPIRED");
    expect(client.ledger.entries()).toHaveLength(1);
  });

  test("a plain server behind https is not spoken to without encryption", async () => {
    await using server = provider(() => new Response("ok"));
    const error = await outcome(clientOf(server).request({ url: `https://${server.host}/`, expect: "text" }));
    expect(error).toBeInstanceOf(PermanentError);
    expect(server.heard).toHaveLength(0);
  });
});

describe("private addresses", () => {
  test("are not connected to, whatever name leads there", async () => {
    await using server = provider(() => new Response("secret"));
    const { resolve } = resolver(["93.184.216.34", "127.0.0.1"]);
    const client = clientOf([], { shared: createHttpShared({ resolve }) });
    for (const host of ["wiki.test", "127.0.0.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0"]) {
      const error = await outcome(client.request({ url: `http://${host}:${server.port}/`, expect: "text" }));
      expect(error).toBeInstanceOf(BlockedAddressError);
    }
    expect(server.heard).toHaveLength(0);
  });

  test("are not reached by a redirect either", async () => {
    await using inside = provider(() => new Response("secret"));
    await using outside = provider(() => Response.redirect(`${inside.url}/latest/meta-data`, 302));
    const error = await outcome(clientOf(outside).request({ url: outside.url, expect: "text" }));
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(inside.heard).toHaveLength(0);
  });

  test("a name whose second answer is private is refused when it is asked again", async () => {
    await using server = provider(() => Response.redirect("/again", 302));
    const { asked, resolve } = resolver(["127.0.0.1"], ["169.254.169.254"]);
    const host = `wiki.test:${server.port}`;
    const shared = createHttpShared({ resolve });
    const client = clientOf([host], { shared });
    const error = await outcome(client.request({ url: `http://${host}/`, expect: "text" }));
    expect(error).toBeInstanceOf(BlockedAddressError);
    expect(asked).toEqual(["wiki.test", "wiki.test"]);
    expect(server.heard).toHaveLength(1);
  });
});

test("an attempt after a refused connection takes the host's next address", async () => {
  await using server = provider(() => new Response("ok"));
  const { resolve } = resolver(["127.0.0.2", "127.0.0.1"]);
  const host = `wiki.test:${server.port}`;
  const client = clientOf([host], { shared: createHttpShared({ resolve }) });
  expect((await client.request({ url: `http://${host}/`, expect: "text" })).data).toBe("ok");
  expect(client.ledger.entries().map(({ error }) => error)).toEqual(["transient", undefined]);
});
