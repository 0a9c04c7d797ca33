import { count } from "@/client/runs/words";
import { TimeAgo, TimeAhead } from "@/client/ui/time";
import type { Source } from "@/core/models/api";

/** How much there is of a source, when it last synced and when it does next. */
export function SourceFacts({ source, next }: { source: Source; next: string | undefined }) {
  return (
    <ul className="flex flex-wrap gap-x-1.5 text-sm text-muted tabular-nums [&>li:not(:last-child)]:after:ms-1.5 [&>li:not(:last-child)]:after:content-['·']">
      {source.accounts.length > 1 ? <li>{count(source.accounts.length, "account")}</li> : null}
      <li>{count(source.artifacts, "artifact")}</li>
      {source.waiting > 0 ? <li>{count(source.waiting, "waits", "wait")} for the index</li> : null}
      <li>
        {source.lastSyncedAt === null ? (
          "never synced"
        ) : (
          <>
            synced <TimeAgo iso={source.lastSyncedAt} />
          </>
        )}
      </li>
      {next === undefined ? null : (
        <li>
          next <TimeAhead iso={next} />
        </li>
      )}
    </ul>
  );
}
