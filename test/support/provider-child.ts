/** Syncs in a process of its own, which may be killed in the middle, on a data folder that is looked at afterwards. */
import { join, resolve } from "node:path";
import { openDatabase } from "@/core/db/open";
import type { Db } from "@/core/models/database";
import { testApp } from "./app";
import { createFake } from "./provider-integration";

const child = resolve(import.meta.dir, "../faults/failpoint-child.ts");

export interface ChildSync {
  home: string;
  url: string;
  mode?: "full" | "incremental";
  /** Where the process kills itself. */
  failpoint?: string;
  /** At which passing of the failpoint. Default 1. */
  hits?: number;
}

/** @returns the run's last state, or "killed". */
export async function syncInChild({
  home,
  url,
  mode = "full",
  failpoint = "",
  hits = 1,
}: ChildSync): Promise<string> {
  const started = Bun.spawn([process.execPath, child, url, mode, failpoint, String(hits)], {
    env: { ...process.env, STONETURNER_HOME: home, LOG_LEVEL: "error" },
    stdout: "pipe",
    stderr: "inherit",
  });
  const said = (await new Response(started.stdout).text()).trim();
  const code = await started.exited;
  if (started.signalCode === "SIGKILL") return "killed";
  if (code !== 0) throw new Error(`The child process ended with ${code}.`);
  return said;
}

/** The same in this process, to its end: picks up what was left first. */
export async function syncHere({
  home,
  url,
  mode = "full",
}: Pick<ChildSync, "home" | "url" | "mode">): Promise<string> {
  await using app = await testApp({ integrations: [createFake(url)], home });
  await app.runner.recover();
  const [started] = await app.runner.start({ integration: "Fake", mode, trigger: "cli" });
  return (await app.runner.wait(started?.runId ?? "")).state;
}

/** Opens the database of a folder whose process is gone, for a look. */
export async function inspect<Result>(home: string, look: (db: Db) => Promise<Result>): Promise<Result> {
  const open = openDatabase(join(home, "stoneturner.db"));
  try {
    return await look(open.db);
  } finally {
    open.close();
  }
}
