import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "@/core/config";
import { backupsOf } from "@/core/db/backup";
import { countIndex } from "@/core/db/queries/health";
import { countByInsightState, countByModel } from "@/core/db/queries/index-models";
import type { Db } from "@/core/models/database";
import type { System } from "@/core/models/system";
import { readInsightsProblem } from "@/core/services/insights/upgrade";
import { countOlder } from "@/core/services/index/renewal";
import { readVectorState } from "@/core/services/index/vector-state";
import { programVersion } from "@/core/services/program-version";

const MOST_BACKUPS = 20;

/** Facts about this installation, from configuration, folders and rows. Never a secret. */
export async function readSystem({ db, config }: { db: Db; config: Config }): Promise<System> {
  const samples = join(config.projectRoot, "samples", "workspace");
  const [insightStates, embeddingModels, index, vectorIndex, olderArtifacts] = await Promise.all([
    countByInsightState(db),
    countByModel(db),
    countIndex(db),
    readVectorState(db),
    countOlder(db),
  ]);
  return {
    version: programVersion(),
    home: config.home,
    projectRoot: config.projectRoot,
    databasePath: config.databasePath,
    publicUrl: config.publicUrl,
    devMode: config.devMode,
    samples: existsSync(samples) ? samples : null,
    insightsModel: config.insights?.model ?? null,
    insightsProblem: await readInsightsProblem(db, config),
    insightStates,
    passages: index.chunks,
    embeddingModels,
    vectorIndex,
    olderArtifacts,
    retention: config.history,
    schedulesEnabled: config.schedulesEnabled,
    key: config.encryptionKey === undefined ? "file" : "environment",
    backups: listBackups(backupsOf(config.databasePath)),
  };
}

/** Finished backups of the database, newest first. One that vanishes meanwhile is left out. */
function listBackups(folder: string): System["backups"] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".db"))
    .flatMap((name) => {
      const stat = statSync(join(folder, name), { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ name, bytes: stat.size, at: stat.mtime.toISOString() }];
    })
    .sort((a, b) => (a.at < b.at ? 1 : -1))
    .slice(0, MOST_BACKUPS);
}
