/** A sync that is stopped before one of its requests, as often as there are any. */
import type { SyncMode } from "@/core/models/sync";
import type { FakeFaults } from "../fakes/fake";
import type { TestApp } from "./app";

/** Starts a sync and stops the program before the request of this number, from 1. True when it was stopped. */
export async function stoppedAt(
  app: TestApp,
  integration: string,
  mode: SyncMode,
  faults: FakeFaults,
  request: number,
): Promise<boolean> {
  const stop = Promise.withResolvers<"stop">();
  let asked = 0;
  faults.onRequest?.(() => {
    if (++asked === request) stop.resolve("stop");
  });
  const [started] = await app.runner.start({ integration, mode, trigger: "manual" });
  const first = await Promise.race([stop.promise, app.runner.wait(started?.runId ?? "")]);
  faults.onRequest?.(() => undefined);
  if (first !== "stop") return false;
  await app.runner.shutdown();
  return true;
}
