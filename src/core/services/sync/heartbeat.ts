import type { Db } from "@/core/models/database";
import type { Logger } from "@/core/models/logger";
import { beat, HEARTBEAT_MS } from "./lease";

export interface Heartbeat {
  db: Db;
  log: Logger;
  runId: string;
  owner: string;
  /** Told what the run's row asks of its owner, with each beat. */
  onAnswer?: (answer: Awaited<ReturnType<typeof beat>>) => void;
}

/** Keeps saying that the owner of a run lives, from half a second on. Returns what ends it. */
export function startBeating({ db, log, runId, owner, onAnswer }: Heartbeat): () => void {
  const beatOnce = async () => {
    const answer = await beat(db, runId, owner);
    onAnswer?.(answer);
  };
  const timer = setInterval(() => {
    beatOnce().catch((error: unknown) => log.warn("A heartbeat could not be written.", { error }));
  }, HEARTBEAT_MS / 4);
  return () => clearInterval(timer);
}
