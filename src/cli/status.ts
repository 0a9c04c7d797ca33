import type { Command } from "commander";
import { countIndex } from "@/core/db/queries/health";
import { listRuns } from "@/core/db/queries/runs";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import type { VectorState } from "@/core/models/system";
import { readInsightsProblem } from "@/core/services/insights/upgrade";
import { countOlder } from "@/core/services/index/renewal";
import { readVectorState } from "@/core/services/index/vector-state";
import { listSources } from "@/core/services/sources";
import type { Cli } from "./context";
import { runningServer } from "./server-file";
import { columns, count, oneLine, styled } from "./text";
import { describeEnd } from "./sync-progress";
import { vectorLine } from "./vector-line";
import { withApp } from "./with-app";

const RUNS_SHOWN = 5;

export function addStatus(program: Command, cli: Cli): void {
  program
    .command("status")
    .description("show what is connected, what is synced and what is searchable")
    .option("--json", "print everything as JSON")
    .addHelpText("after", "\nExamples:\n  stoneturner status\n  stoneturner status --json")
    .action((options: { json?: boolean }) =>
      withApp(cli, async (app) => {
        const status = {
          sources: await listSources(app),
          runs: await listRuns(app.db, { limit: RUNS_SHOWN }),
          index: await countIndex(app.db),
          older: await countOlder(app.db),
          vectors: await readVectorState(app.db),
          insightsProblem: await readInsightsProblem(app.db, app.config),
          server: runningServer(app.config)?.url ?? null,
          home: app.config.home,
        };
        if (options.json === true) cli.print(JSON.stringify(status, null, 2));
        else for (const line of formatStatus(status, cli.colour)) cli.print(line);
      }),
    );
}

export interface Status {
  sources: readonly Source[];
  runs: readonly SyncRun[];
  index: Awaited<ReturnType<typeof countIndex>>;
  /** Artifacts that are still as an earlier version indexed them. */
  older: number;
  vectors: VectorState;
  /** Why the language model makes no insights at present. */
  insightsProblem: string | null;
  server: string | null;
  home: string;
}

/** The state of everything as lines for a person. */
export function formatStatus(status: Status, colour: boolean): string[] {
  const title = (text: string) => styled(colour, "bold", text);
  const { artifacts, waiting, chunks } = status.index;
  const vectors = vectorLine(status.vectors);
  const { older, insightsProblem } = status;
  const waits = waiting === 0 ? "" : `, ${count(waiting, "artifact")} waiting to be indexed`;
  const renewed = older === 0 ? "" : `, ${count(older, "artifact")} to be renewed for this version`;
  return [
    `${title("Server")}       ${status.server ?? "not running; start it with: stoneturner serve"}`,
    `${title("Data folder")}  ${status.home}`,
    `${title("Index")}        ${count(artifacts, "artifact")} in ${count(chunks, "passage")}${waits}${renewed}`,
    ...(vectors === undefined ? [] : [`${title("Vectors")}      ${vectors}`]),
    ...(insightsProblem === null ? [] : [`${title("Insights")}     problem: ${oneLine(insightsProblem)}`]),
    "",
    title("Sources"),
    ...columns(status.sources.flatMap(sourceRows)).map((line) => `  ${line}`),
    ...(status.runs.length === 0 ? [] : ["", title("Latest syncs")]),
    ...status.runs.map((run) => `  ${run.createdAt.slice(0, 16).replace("T", " ")}  ${describeEnd(run)}`),
  ];
}

/** One row an account, also of those that are not connected any more, or one for the source when it has none. */
function sourceRows(source: Source): string[][] {
  const held = count(source.artifacts, "artifact");
  const synced = source.lastSyncedAt === null ? "never synced" : `synced ${source.lastSyncedAt.slice(0, 16)}`;
  const state = source.status.replaceAll("_", " ");
  const former = source.formerAccounts.map((one) => [
    source.integration,
    "not connected",
    count(one.artifacts, "artifact"),
    "",
    oneLine(one.account),
  ]);
  if (source.accounts.length === 0 && former.length < 2)
    return [[source.integration, state, held, synced, oneLine(source.formerAccounts[0]?.account ?? "")]];
  const connected = source.accounts.map((account) => [
    source.integration,
    account.status === "connected" ? state : account.status.replaceAll("_", " "),
    count(account.artifacts, "artifact"),
    synced,
    oneLine(account.account + (account.statusReason === null ? "" : `: ${account.statusReason}`)),
  ]);
  return [...connected, ...former];
}
