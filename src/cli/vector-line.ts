import type { VectorState } from "@/core/models/system";
import { oneLine } from "./text";

/** How the vector index stands, on one line; undefined while there is nothing to tell. */
export function vectorLine({ building, model, problem }: VectorState): string | undefined {
  if (building === null && problem === null) return undefined;
  const done = (building?.done ?? 0).toLocaleString("en-GB");
  const total = (building?.total ?? 0).toLocaleString("en-GB");
  const build =
    building === null ? [] : [`${building.model} is being built, ${done} of ${total} artifacts done`];
  const use = model === null ? [] : [`search uses ${model}`];
  const trouble = problem === null ? [] : [`problem: ${problem}`];
  return oneLine([...build, ...use, ...trouble].join("; "));
}
