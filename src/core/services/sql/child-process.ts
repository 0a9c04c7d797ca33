/** Starts the sandbox's process and carries one request at a time to it. */
import { join } from "node:path";
import { CancelledError, ConflictError } from "@/core/models/errors";
import { replySchema, type SandboxReply, type SandboxRequest } from "./protocol";

/** Address space of the process in KiB, where the shell can limit it: a memory bomb then ends as an SQLite error. */
const ADDRESS_SPACE_KIB = 2_000_000;
const START_TIMEOUT_MS = 20_000;

export class QueryTimeout extends Error {}

export interface SandboxProcess {
  readonly pid: number;
  readonly alive: boolean;
  /**
   * Sends one request and waits for its reply. Kills the process when it takes longer than `timeoutMs` or `signal`
   * is aborted, since SQLite cannot be asked to stop.
   * @throws QueryTimeout, CancelledError, or ConflictError when the process died by itself.
   */
  ask: (request: SandboxRequest, timeoutMs: number, signal?: AbortSignal) => Promise<SandboxReply>;
  kill: () => Promise<void>;
}

/** Starts the process and waits until it has heard what to open. */
export async function startSandboxProcess(path: string, tables: readonly string[]): Promise<SandboxProcess> {
  const slot = createReplySlot();
  let alive = true;
  const child = Bun.spawn(command(), {
    // No environment: it holds keys that no query needs.
    env: {},
    stdio: ["ignore", "ignore", "ignore"],
    ipc: (message) => slot.settle(replySchema.safeParse(message)),
    onExit: () => {
      alive = false;
      slot.fail(died());
    },
  });
  child.unref();
  const stop = (error: Error) => {
    // It counts as gone from here on: the kernel may take a moment.
    alive = false;
    child.kill("SIGKILL");
    slot.fail(error);
  };
  const onAbort = () => stop(new CancelledError("The query was cancelled."));
  const ask: SandboxProcess["ask"] = async (request, timeoutMs, signal) => {
    if (signal?.aborted === true) throw new CancelledError("The query was cancelled.");
    const timer = setTimeout(() => stop(new QueryTimeout()), timeoutMs);
    signal?.addEventListener("abort", onAbort);
    try {
      const reply = slot.wait();
      child.send(request);
      return await reply;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  };
  await ask({ kind: "open", path, tables: [...tables] }, START_TIMEOUT_MS);
  return {
    pid: child.pid,
    get alive() {
      return alive;
    },
    ask,
    kill: async () => {
      stop(died());
      await child.exited;
    },
  };
}

/** The place of the one reply that is waited for. What arrives when nobody waits is dropped. */
function createReplySlot() {
  let waiting: PromiseWithResolvers<SandboxReply> | undefined;
  const take = () => {
    const taken = waiting;
    waiting = undefined;
    return taken;
  };
  return {
    wait: () => (waiting = Promise.withResolvers<SandboxReply>()).promise,
    settle: (reply: ReturnType<typeof replySchema.safeParse>) =>
      reply.success ? take()?.resolve(reply.data) : take()?.reject(reply.error),
    fail: (error: Error) => take()?.reject(error),
  };
}

function died(): ConflictError {
  const action = "It may need too much memory: narrow it and try again.";
  return new ConflictError("The query could not be finished.", { action });
}

function command(): string[] {
  const run = [process.execPath, join(import.meta.dir, "child.ts")];
  if (process.platform !== "linux") return run;
  return ["/bin/sh", "-c", `ulimit -v ${ADDRESS_SPACE_KIB}; exec "$0" "$@"`, ...run];
}
