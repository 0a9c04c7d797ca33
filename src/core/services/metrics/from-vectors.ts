import type { Registry } from "prom-client";
import type { Db } from "@/core/models/database";
import { countVectorsByState, readVectorState, vectorStates } from "@/core/services/index/vector-state";
import { gaugeOf } from "./read-at-scrape";

/** Registers how the vector index stands. Labels are states, never models: these are named by who runs the program. */
export function registerVectorMetrics(registry: Registry, db: Db): void {
  const vectors = {
    name: "vectors",
    help: "Stored vectors of passages by the state of their index version",
    labels: ["state"],
  };
  gaugeOf(registry, vectors, async () => {
    const counts = await countVectorsByState(db);
    return vectorStates.map((state) => ({ labels: { state }, value: counts[state] }));
  });
  const remaining = {
    name: "vector_build_remaining_artifacts",
    help: "Artifacts that the model being built still has to embed; 0 when none is built",
  };
  gaugeOf(registry, remaining, async () => {
    const { building, waiting } = await readVectorState(db);
    return [{ value: building === null ? 0 : waiting }];
  });
  const stands = { name: "vector_problem", help: "1 while embedding stands still, 0 otherwise" };
  gaugeOf(registry, stands, async () => [{ value: (await readVectorState(db)).problem === null ? 0 : 1 }]);
}
