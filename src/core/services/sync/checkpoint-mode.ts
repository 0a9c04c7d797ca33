import type { SyncMode } from "@/core/models/sync";
import type { Stream } from "./stream";

/** Under which mode a stream's checkpoint is kept: a lane of its own has one for all modes. */
export function checkpointMode(stream: Pick<Stream<never>, "lane">, mode: SyncMode): SyncMode {
  return stream.lane === "own" ? "full" : mode;
}

/** Whether this sync's listing of the stream is of everything there is. */
export function enumeratesIn(stream: Pick<Stream<never>, "lane" | "enumerates">, mode: SyncMode): boolean {
  return stream.lane !== "own" && stream.enumerates.includes(mode);
}
