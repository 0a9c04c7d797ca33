import type { App } from "@/core/services/app";
import { readVectorState } from "@/core/services/index/vector-state";
import { readInsightsProblem } from "@/core/services/insights/upgrade";
import type { Finding } from "./doctor-finding";

/** Says what the server met with the models that it asks. No model is asked here. */
export async function checkModels({ db, config }: Pick<App, "db" | "config">): Promise<Finding[]> {
  const { problem } = await readVectorState(db);
  return [
    finding("vectors", problem, {
      well: "Nothing keeps vectors from being made.",
      wrong: "Vectors are not made",
      variables: "EMBEDDING_MODEL with its address and key",
    }),
    finding("insights", await readInsightsProblem(db, config), {
      well: "Nothing keeps insights from being made.",
      wrong: "The language model makes no insights",
      variables: "INSIGHTS_MODEL with its address and key",
    }),
  ];
}

function finding(
  check: string,
  problem: string | null,
  { well, wrong, variables }: { well: string; wrong: string; variables: string },
): Finding {
  if (problem === null) return { check, message: well };
  return {
    check,
    message: `${wrong}: ${problem}`,
    fix: `Search goes on with what it has, and the model is tried again by itself. If this stays, check ${variables}, and restart the server.`,
  };
}
