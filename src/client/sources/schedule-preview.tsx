import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { absoluteTime } from "@/client/ui/dates";
import { Icon } from "@/client/ui/icons";

/** What a time means: a sentence and the next five runs in this browser's zone, or what is wrong with it. */
export function SchedulePreview({ cron }: { cron: string }) {
  const api = useApi();
  const { data, error } = useResource(cron, (signal) => api.previewSchedule(cron, signal));
  if (error !== undefined) {
    return (
      <p role="alert" dir="auto" className="flex gap-1.5 text-sm text-bad">
        <Icon name="alert" className="mt-0.5" />
        {error.message}
      </p>
    );
  }
  return (
    <div className="min-h-40 text-sm" aria-live="polite">
      {data === undefined ? null : (
        <>
          <p className="font-medium">{data.summary}</p>
          <p className="mt-2 text-muted">
            Next five runs, in your time (the schedule goes by {data.timeZone}):
          </p>
          <ol className="mt-1 space-y-0.5 text-muted tabular-nums">
            {data.next.map((iso) => (
              <li key={iso}>
                <time dateTime={iso}>{absoluteTime(iso)}</time>
              </li>
            ))}
          </ol>
        </>
      )}
    </div>
  );
}
