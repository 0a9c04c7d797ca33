import { useId, useState } from "react";
import { Button } from "@/client/ui/button";
import { Pill } from "@/client/ui/pill";
import { TimeAgo, TimeAhead } from "@/client/ui/time";
import type { Schedule } from "@/core/models/schedule";
import { presets, wordsOfCron } from "./schedule-presets";
import { SchedulePreview } from "./schedule-preview";
import { useSchedule, type Scheduled } from "./use-schedule";

function Standing({ schedule }: { schedule: Schedule | undefined }) {
  if (schedule === undefined) return <p className="text-muted">It syncs only when somebody asks.</p>;
  return (
    <div className="space-y-1">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{schedule.summary}</span>
        {schedule.enabled ? null : (
          <Pill tone="calm" icon="pause">
            Paused
          </Pill>
        )}
      </p>
      <p className="text-sm text-muted">
        {schedule.nextRunAt === null ? (
          "No next run."
        ) : (
          <>
            Next <TimeAhead iso={schedule.nextRunAt} />.
            {schedule.mode === "full" || schedule.nextFullRunAt === null ? null : (
              <>
                {" "}
                Everything is read again <TimeAhead iso={schedule.nextFullRunAt} />.
              </>
            )}
          </>
        )}
        {schedule.lastRunAt === null ? null : (
          <>
            {" "}
            Last <TimeAgo iso={schedule.lastRunAt} />.
          </>
        )}
      </p>
      {schedule.pausedReason === null ? null : (
        <p dir="auto" className="text-sm text-warn">
          {schedule.pausedReason}
        </p>
      )}
    </div>
  );
}

/** One of the usual times, or any other as cron or in words. */
function TimeFields({ cron, change }: { cron: string; change: (cron: string) => void }) {
  const id = useId();
  const custom = !presets.some((preset) => preset.cron === cron);
  return (
    <>
      <div>
        <label htmlFor={id} className="mb-1 block text-sm font-semibold">
          When to sync
        </label>
        <select
          id={id}
          className="field"
          value={custom ? "custom" : cron}
          onChange={(event) => change(event.target.value === "custom" ? "0 3 * * 1" : event.target.value)}
        >
          {presets.map((preset) => (
            <option key={preset.cron} value={preset.cron}>
              {preset.text}
            </option>
          ))}
          <option value="custom">Another time…</option>
        </select>
      </div>
      {custom ? (
        <div>
          <label htmlFor={`${id}-cron`} className="mb-1 block text-sm font-semibold">
            Time
          </label>
          <input
            id={`${id}-cron`}
            className="field font-mono"
            maxLength={200}
            spellCheck={false}
            value={cron}
            onChange={(event) => change(event.target.value)}
            aria-describedby={`${id}-help`}
          />
          <p id={`${id}-help`} className="mt-1 text-sm text-muted">
            Minute, hour, day, month, weekday, such as 0 3 * * 1; or words such as daily at 18:30.
          </p>
        </div>
      ) : null}
    </>
  );
}

/** When one account, or all of a source, syncs by itself: seen, changed, paused and removed. */
export function ScheduleEditor({
  integration,
  account,
  schedule: actual,
  reload,
}: Scheduled & { schedule: Schedule | undefined; reload: () => void }) {
  const { schedule, busy, save, remove } = useSchedule({ integration, account }, actual, reload);
  const [cron, setCron] = useState(() => wordsOfCron(schedule?.cron ?? "every 15 minutes"));
  return (
    <div className="grid gap-6 rounded-lg border border-line bg-surface p-4 md:grid-cols-2">
      <div className="space-y-4">
        <Standing schedule={schedule} />
        <TimeFields cron={cron} change={setCron} />
        <div className="flex flex-wrap gap-2">
          <Button look="primary" disabled={busy || cron.trim() === ""} onClick={() => void save(true, cron)}>
            {schedule === undefined ? "Sync by itself" : "Save schedule"}
          </Button>
          {schedule === undefined ? null : (
            <>
              <Button
                icon={schedule.enabled ? "pause" : "play"}
                disabled={busy}
                onClick={() => void save(!schedule.enabled, schedule.cron)}
              >
                {schedule.enabled ? "Pause" : "Go on"}
              </Button>
              <Button look="quiet" disabled={busy} onClick={remove}>
                Remove
              </Button>
            </>
          )}
        </div>
      </div>
      <SchedulePreview cron={cron.trim() === "" ? "-" : cron} />
    </div>
  );
}
