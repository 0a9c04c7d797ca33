/** The host that files come from: its addresses are pre-authorised for an hour, and it takes no token of Graph's. */
export class Downloads implements AsyncDisposable {
  /** Credentials that were sent along, which must not happen. */
  readonly leaked: string[] = [];
  /** Addresses that were given lead nowhere. */
  isForgetful = false;
  private readonly files = new Map<string, Uint8Array>();
  private made = 0;
  private readonly server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: (request) => this.answer(request),
  });

  get url(): string {
    return `http://127.0.0.1:${this.server.port}`;
  }

  /** Where these bytes can be had, once. */
  addressOf(bytes: Uint8Array): string {
    const ticket = `tempauth-canary-${++this.made}`;
    this.files.set(ticket, bytes);
    return `${this.url}/download.aspx?tempauth=${ticket}`;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.server.stop(true);
  }

  private answer(request: Request): Response {
    const sent = request.headers.get("authorization") ?? request.headers.get("cookie");
    if (sent !== null) {
      this.leaked.push(sent);
      return new Response("", { status: 401 });
    }
    const bytes = this.files.get(new URL(request.url).searchParams.get("tempauth") ?? "");
    if (bytes === undefined || this.isForgetful) return new Response("", { status: 404 });
    return new Response(Uint8Array.from(bytes), { headers: { "content-type": "application/octet-stream" } });
  }
}
