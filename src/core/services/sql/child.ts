/** The sandbox's own process: one reader, one statement at a time, killed from outside when it takes too long. */
import { openReader, type Reader, RefusedStatement } from "./reader";
import { requestSchema, type SandboxReply, type SandboxRequest } from "./protocol";

const watchdog = new Worker(new URL("./watchdog.ts", import.meta.url).href);
// Its silence is the good case; when it cannot run, neither may this process.
watchdog.addEventListener("error", () => process.exit(1));

let reader: Reader | undefined;
let source: { path: string; tables: string[] } | undefined;

/** Opened on first use, so that a database that is being made or repaired is tried again with every request. */
function currentReader(): Reader {
  if (source === undefined) throw new Error("The sandbox was asked before it was told what to open.");
  return (reader ??= openReader(source.path, source.tables));
}

function answer(request: Exclude<SandboxRequest, { kind: "open" }>): SandboxReply {
  const { id } = request;
  try {
    if (request.kind === "schema") return { kind: "schema", id, tables: currentReader().schema() };
    const started = performance.now();
    const rows = currentReader().query(request.sql);
    return { kind: "rows", id, ...rows, elapsedMs: Math.round((performance.now() - started) * 100) / 100 };
  } catch (error) {
    if (error instanceof RefusedStatement) {
      return { kind: "refused", id, message: error.explained.message, hint: error.explained.hint };
    }
    reader = undefined;
    return { kind: "failed", id, message: error instanceof Error ? error.message : String(error) };
  }
}

process.on("message", (message: unknown) => {
  const request = requestSchema.parse(message);
  if (request.kind === "open") {
    source = { path: request.path, tables: request.tables };
    process.send?.({ kind: "ready" } satisfies SandboxReply);
  } else {
    process.send?.(answer(request));
  }
});
process.on("disconnect", () => process.exit(0));
