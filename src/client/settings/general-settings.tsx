import { useApi } from "@/client/api";
import { usePolling } from "@/client/data/use-polling";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { ShortcutSwitch } from "@/client/shell/shortcut-switch";
import { ThemeChoice } from "@/client/shell/theme-choice";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { System } from "@/core/models/system";
import { Facts } from "./facts";
import { Models } from "./models";

function Installation({ system }: { system: System }) {
  return (
    <>
      <Models system={system} />
      <Section
        title="History"
        lead="How long syncs are remembered. Artifacts are kept as long as their source has them."
      >
        <Facts
          facts={[
            [
              "Syncs are kept",
              `${count(system.retention.days, "day")}, and at most ${count(system.retention.runs, "sync", "syncs")} of each account`,
            ],
            ["Set with", <code key="v">SYNC_HISTORY_DAYS, SYNC_HISTORY_RUNS</code>],
            ["Schedules", system.schedulesEnabled ? "On" : "Off, for all sources: CRON_ENABLED is false"],
          ]}
        />
      </Section>
      <Section title="This installation">
        <Facts
          facts={[
            ["Version", system.version],
            ["Data folder", <code key="home">{system.home}</code>],
            ["Database", <code key="db">{system.databasePath}</code>],
            ["Address", <code key="url">{system.publicUrl}</code>],
            ...(system.devMode ? [["Mode", "Development, on a test database"] as const] : []),
          ]}
        />
      </Section>
    </>
  );
}

/** Milliseconds between two looks at vectors and insights that are being made. */
const lookEvery = 2_000;

/** Whether vectors or insights are being made, so that what is shown will be old in a moment. */
function isMoving({ vectorIndex, insightStates, insightsModel, olderArtifacts }: System): boolean {
  const { building, waiting } = vectorIndex;
  const pending = insightStates.some(({ state }) => state === "pending");
  const upgrading = insightsModel !== null && insightStates.some(({ state }) => state === "offline");
  return building !== null || waiting > 0 || olderArtifacts > 0 || pending || upgrading;
}

/** How the page looks and behaves, and what the installation runs with. */
export function GeneralSettings() {
  const api = useApi();
  const { data, error, reload } = useResource("system", (signal) => api.system(signal));
  usePolling(reload, lookEvery, data !== undefined && isMoving(data));
  return (
    <>
      <Section title="This browser">
        <div className="table-box divide-y divide-line">
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span>Theme</span>
            <ThemeChoice named />
          </div>
          <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span>Shortcuts</span>
            <ShortcutSwitch />
          </div>
        </div>
      </Section>
      {error === undefined ? null : (
        <div className="mt-8">
          <Failure title="The settings could not be loaded" error={error} retry={reload} />
        </div>
      )}
      {data === undefined && error === undefined ? (
        <div className="mt-8">
          <Loading what="settings">
            <Bone className="h-40" />
            <Bone className="mt-8 h-40" />
          </Loading>
        </div>
      ) : null}
      {data === undefined ? null : <Installation system={data} />}
    </>
  );
}
