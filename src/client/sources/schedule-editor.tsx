import { useId, useState } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useExpected } from "@/client/data/use-expected";
import { Button } from "@/client/ui/button";
import { Pill } from "@/client/ui/pill";
import { TimeAgo } from "@/client/ui/time";
import type { Schedule } from "@/core/models/schedule";
import { presets, wordsOfCron } from "./schedule-presets";
import { SchedulePreview } from "./schedule-preview";

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
            Next <TimeAgo iso={schedule.nextRunAt} />.
            {schedule.mode === "full" || schedule.nextFullRunAt === null ? null : (
              <>
                {" "}
                Everything is read again <TimeAgo iso={schedule.nextFullRunAt} />.
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

/** When one account, or all of a source, syncs by itself: seen, changed, paused and removed. */
export function ScheduleEditor({
  integration,
  account,
  schedule: actual,
  reload,
}: {
  integration: string;
  /** null: all accounts that have none of their own. */
  account: string | null;
  schedule: Schedule | undefined;
  reload: () => void;
}) {
  const api = useApi();
  const id = useId();
  const { busy, act } = useAction();
  const none: Partial<Schedule> = {};
  const mark = `${actual?.cron} ${actual?.enabled} ${actual?.pausedReason}`;
  const { shown, expect, takeBack } = useExpected<Partial<Schedule>>(actual ?? none, mark);
  const schedule = actual === undefined ? undefined : { ...actual, ...shown };
  const stands = wordsOfCron(schedule?.cron ?? "every 15 minutes");
  const [cron, setCron] = useState(stands);
  const custom = !presets.some((preset) => preset.cron === cron);
  const save = async (enabled: boolean, time: string) => {
    // Whether it runs is plain at once; when, and in which words, only the server can say.
    expect({ enabled });
    const stored = await act(() => api.setSchedule(integration, account, { cron: time, enabled }), {
      done: (saved) =>
        saved.enabled ? `${integration} syncs: ${saved.summary}.` : "The schedule is paused.",
      failed: "The schedule stays as it was.",
    });
    if (stored === undefined) takeBack();
    reload();
  };
  const remove = () =>
    void act(() => api.removeSchedule(integration, account), {
      done: "The schedule is removed.",
      failed: "The schedule is still there.",
    }).finally(reload);
  return (
    <div className="grid gap-6 rounded-lg border border-line bg-surface p-4 md:grid-cols-2">
      <div className="space-y-4">
        <Standing schedule={schedule} />
        <div>
          <label htmlFor={id} className="mb-1 block text-sm font-semibold">
            When to sync
          </label>
          <select
            id={id}
            className="field"
            value={custom ? "custom" : cron}
            onChange={(event) => setCron(event.target.value === "custom" ? "0 3 * * 1" : event.target.value)}
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
              onChange={(event) => setCron(event.target.value)}
              aria-describedby={`${id}-help`}
            />
            <p id={`${id}-help`} className="mt-1 text-sm text-muted">
              Minute, hour, day, month, weekday, such as 0 3 * * 1; or words such as daily at 18:30.
            </p>
          </div>
        ) : null}
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
