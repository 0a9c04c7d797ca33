/** A sync during which something happens, and trouble comes at one of its requests. */
import type { ConnectedApp } from "@test/fake-app";
import type { Random } from "@test/random";
import type { SyncMode } from "@/core/models/sync";
import type { FakeFaults, FakeSource } from "../fakes/fake";

export interface During {
  mode: SyncMode;
  random: Random;
  /** Something happens at the provider. */
  happen: () => void;
}

type Trouble = (faults: FakeFaults, random: Random) => void;

const troubles: readonly Trouble[] = [
  (faults, random) => faults.serverError?.(1 + random.below(8)),
  (faults, random) => faults.rateLimit?.(1 + random.below(3)),
  (faults, random) => faults.breakOff?.(1 + random.below(3)),
  (faults) => faults.expireCursors?.(),
  (faults) => faults.expireToken?.(),
  (faults) => faults.refuseCredential?.(),
  (faults) => faults.breakShape?.(),
];

/** At most so many requests go by before trouble comes. */
const LATEST = 25;
/** How often something happens while a request is under way: one in so many. */
const RARELY = 4;

/** @returns whether the program was stopped; otherwise the sync has come to an end, whatever it is. */
export async function troubleDuring(
  { app }: ConnectedApp,
  { integration, faults }: FakeSource,
  { mode, random, happen }: During,
): Promise<boolean> {
  const at = 1 + random.below(LATEST);
  const kind = random.below(4);
  const trouble = random.pick(troubles);
  const ending = Promise.withResolvers<"stop" | "cancel">();
  let asked = 0;
  faults.onRequest?.(() => {
    if (random.below(RARELY) === 0) happen();
    if (++asked !== at) return;
    if (kind === 0) ending.resolve("stop");
    else if (kind === 1) ending.resolve("cancel");
    else if (kind === 2) trouble(faults, random);
  });
  const [started] = await app.runner.start({ integration, mode, trigger: "manual" });
  const runId = started?.runId ?? "";
  const ended = app.runner.wait(runId).then(() => "end" as const);
  const first = await Promise.race([ending.promise, ended]);
  if (first === "cancel") await app.runner.cancel(runId);
  if (first === "stop") await app.runner.shutdown();
  else await ended;
  faults.heal();
  faults.onRequest?.(() => undefined);
  return first === "stop";
}
