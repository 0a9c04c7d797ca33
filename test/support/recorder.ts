/** Stands between an integration and a fake, passes everything on, and keeps what was asked and answered. */
export interface Exchange {
  method: string;
  /** Path with query. */
  path: string;
  /** Texts; "" for none. */
  body: string;
  status: number;
  answer: string;
}

export interface Recorder extends AsyncDisposable {
  url: string;
  exchanges: Exchange[];
}

export function recordBefore(target: string): Recorder {
  const exchanges: Exchange[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    reusePort: false,
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const [method, path, body] = [request.method, pathname + search, await request.text()];
      const headers = new Headers(request.headers);
      headers.delete("host");
      headers.set("accept-encoding", "identity");
      const sent = { method, headers, ...(body === "" ? {} : { body }) };
      const response = await fetch(target + path, sent);
      const answer = await response.text();
      exchanges.push({ method, path, body, status: response.status, answer });
      return new Response(answer, { status: response.status, headers: response.headers });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    exchanges,
    [Symbol.asyncDispose]: async () => {
      await server.stop(true);
    },
  };
}
