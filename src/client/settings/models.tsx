import { count } from "@/client/runs/words";
import { Section } from "@/client/ui/section";
import type { System } from "@/core/models/system";
import { Facts } from "./facts";
import { insightFacts } from "./insight-facts";
import { vectorFacts } from "./vector-facts";

/** What makes vectors and insights, and how far each has come. */
export function Models({ system }: { system: System }) {
  const { insightsModel, insightStates, olderArtifacts } = system;
  const all = insightStates.reduce((sum, one) => sum + one.count, 0);
  const upgraded = insightStates.find((one) => one.state === "llm")?.count ?? 0;
  return (
    <Section
      title="Models"
      lead="Everything works without one. What is configured here is set in the environment."
    >
      <Facts
        facts={[
          ...vectorFacts(system),
          ...(olderArtifacts === 0
            ? []
            : [
                [
                  "Index being renewed",
                  `${count(olderArtifacts, "artifact")} to go; until then they are found as an earlier version indexed them.`,
                ] as const,
              ]),
          ...insightFacts(system),
        ]}
      />
      {insightsModel === null || all === 0 ? null : (
        <div className="mt-3 text-sm text-muted">
          <progress
            className="bar mb-1"
            aria-label="Artifacts with the model's insights"
            value={upgraded}
            max={all}
          />
          {upgraded.toLocaleString("en")} of {count(all, "artifact")} have the model’s insights.
        </div>
      )}
    </Section>
  );
}
