import type { App } from "@/core/services/app";

export function createMcpHttpHandler(_app: App): { fetch: (request: Request) => Promise<Response> } {
  throw new Error("not built");
}

export function serveMcpStdio(_app: App): Promise<void> {
  throw new Error("not built");
}
