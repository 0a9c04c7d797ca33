import type { ReactNode } from "react";
import { count } from "@/client/runs/words";
import type { System } from "@/core/models/system";
import { ModelProblem } from "./vector-facts";

const states: Readonly<Record<string, string>> = {
  pending: "still to be made",
  offline: "made on this machine",
  llm: "made by the model",
  provided: "given by the source",
};

/** What makes insights, what keeps it from doing so, and how many it made. */
export function insightFacts(system: System): (readonly [string, ReactNode])[] {
  const { insightsModel, insightsProblem, insightStates } = system;
  const by =
    insightsModel === null
      ? "Made on this machine, without a model; nothing is sent anywhere. INSIGHTS_MODEL sets one."
      : `By ${insightsModel}`;
  const made = insightStates.map(
    (one) => `${count(one.count, "artifact")}: ${states[one.state] ?? one.state}`,
  );
  return [
    ["Insights", by],
    ...(insightsProblem === null
      ? []
      : [
          [
            "Problem with insights",
            <ModelProblem key="problem" problem={insightsProblem} variable="INSIGHTS_MODEL" />,
          ] as const,
        ]),
    ["Key points and questions", made.length === 0 ? "No artifacts yet" : made.join("; ")],
  ];
}
