/** Real folders of files, and what a sync hands to the Files integration, for tests. */
import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { JsonValue } from "@/core/models/artifact";
import type { SyncContext } from "@/core/models/integration";
import type { Logger } from "@/core/models/logger";
import { createHttpClient } from "@/core/services/http/client";
import { temporaryFolder } from "./database";

/** A new folder with these files, by relative path; `using folder = filesFolder({ "a.md": "# A" });`. */
export function filesFolder(files: Record<string, string | Uint8Array> = {}): Disposable & {
  path: string;
  write: (files: Record<string, string | Uint8Array>) => void;
} {
  const folder = temporaryFolder();
  const path = realpathSync(folder.path);
  const write = (more: Record<string, string | Uint8Array>) => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
  };
  write(files);
  return { path, write, [Symbol.dispose]: () => folder[Symbol.dispose]() };
}

/** What a sync of a folder hands to the integration's own code. */
export function filesContext(
  options: Record<string, JsonValue>,
  signal: AbortSignal = new AbortController().signal,
): SyncContext {
  const account = "Notes";
  return {
    http: () => createHttpClient({ credentialKey: account, log: silent }),
    apiUrl: (fallback) => fallback,
    integration: "Files",
    account,
    credential: { id: "credential", integration: "Files", account, options },
    log: silent,
    signal,
    mode: "full",
    runId: "run",
    confirmDeletions: false,
  };
}

const nothing = () => undefined;
const silent: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  child: () => silent,
};

/** Everything that an asynchronous iterable yields. */
export async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

/** What a promise is rejected with; undefined when it is not. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
}
