import { type QueuePosition, waitingForModel } from "@/core/db/queries/waiting-insights";
import type { Config } from "@/core/config";
import { createBackgroundStage } from "@/core/services/background/stage";
import { type StageBudget, stageProblem } from "@/core/services/background/stage-ledger";
import type { BackgroundStage, StageTask } from "@/core/services/background/stage-types";
import type { Db } from "@/core/models/database";
import { ItemError, messageOf } from "@/core/models/errors";
import type { Logger } from "@/core/models/logger";
import type { EnrichOutcome } from "@/core/services/metrics/outside-work";
import { type ArtifactRow, readArtifacts, storeInsights } from "./artifact-rows";
import { providedIn, withProvided } from "./provided";
import type { InsightExtractor } from "./types";

export interface UpgraderOptions {
  db: Db;
  log: Logger;
  /** A language model. Without one there is no upgrader, and nothing is sent anywhere. */
  extractor: InsightExtractor;
  budget?: StageBudget;
  /** Told what became of each artifact that the model was asked about. */
  onOutcome?: (outcome: EnrichOutcome) => void;
  /** Called soon after artifacts of an integration got better insights, so that they are indexed again. */
  onUpgraded?: (integration: string) => void | Promise<void>;
  pollMs?: number;
  now?: () => number;
}

const stageName = "insights";

/** Why the configured language model makes no insights at present; null while it does, or none is configured. */
export async function readInsightsProblem(
  db: Db,
  { insights }: Pick<Config, "insights">,
): Promise<string | null> {
  return insights === undefined ? null : stageProblem(db, stageName, insights.model);
}

/** The background stage that gives artifacts with offline insights those of a language model, newest first. */
export function createInsightUpgrader(options: UpgraderOptions): BackgroundStage {
  const { db, log, extractor, budget, onUpgraded, pollMs, now } = options;
  const onDamaged = (artifactId: string, error: unknown) =>
    log.warn("An artifact cannot be read; it gets no better insights.", {
      artifactId,
      error: messageOf(error),
    });
  return createBackgroundStage<QueuePosition>({
    ...{ db, log, budget, pollMs, now },
    name: stageName,
    worker: extractor.name,
    waiting: (after, without) => waitingForModel(db, after, without),
    tasksFor: async (some) => {
      const rows = await readArtifacts(
        db,
        some.map(({ id }) => id),
        onDamaged,
      );
      const open = rows.filter((row) => row.insightState === "offline" && row.markdown.trim() !== "");
      return open.map((row) => counted(taskOf(db, extractor, row), options.onOutcome));
    },
    onChanged: onUpgraded,
  });
}

/** The task, with how it ended told. Stopping is no end. */
function counted(task: StageTask, onOutcome: UpgraderOptions["onOutcome"] = () => undefined): StageTask {
  return {
    ...task,
    run: async (signal) => {
      try {
        const changed = await task.run(signal);
        if (changed) onOutcome("improved");
        return changed;
      } catch (error) {
        if (signal?.aborted !== true) onOutcome(error instanceof ItemError ? "declined" : "failed");
        throw error;
      }
    },
  };
}

function taskOf(db: Db, extractor: InsightExtractor, row: ArtifactRow): StageTask {
  return {
    id: row.id,
    integration: row.integration,
    version: row.contentHash,
    run: async (signal) => {
      const insights = await extractor.extract(row, signal);
      if (insights.keyPoints.length + insights.questionsAnswered.length + insights.entities.length === 0) {
        throw new ItemError("The model found nothing in the text.");
      }
      return storeInsights(db, row, withProvided(insights, providedIn(row.metadata)), "llm");
    },
  };
}
