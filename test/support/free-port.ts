import { randomInt } from "node:crypto";

/**
 * A port for a server whose address has to be known before it listens. Not one of those that the system hands out by
 * itself (Linux: from 32,768 on): until the server listens, another test's server or request might be given the same.
 */
export function freePort(): number {
  for (;;) {
    const port = randomInt(15_000, 32_000);
    if (isFree(port)) return port;
  }
}

function isFree(port: number): boolean {
  try {
    void Bun.serve({ port, hostname: "127.0.0.1", reusePort: false, fetch: () => new Response() }).stop(true);
    return true;
  } catch {
    // Somebody has it: that is the answer.
    return false;
  }
}
