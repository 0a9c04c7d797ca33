import { absoluteTime, dated, dayOf, relativeTime } from "./dates";
import { useNow } from "./use-now";

/** A time relative to now, moving along by itself; the exact time with its zone on hover. */
export function TimeAgo({ iso }: { iso: string }) {
  const now = useNow();
  return (
    <time dateTime={iso} title={absoluteTime(iso)}>
      {relativeTime(iso, now)}
    </time>
  );
}

/** A time that is yet to come, relative to now; the exact time with its zone on hover. */
export function TimeAhead({ iso }: { iso: string }) {
  const now = useNow();
  return (
    <time dateTime={iso} title={absoluteTime(iso)}>
      {relativeTime(iso, now, "in a moment")}
    </time>
  );
}

/** A day; what is known of the time, with its zone, on hover. */
export function Day({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={dated(iso)}>
      {dayOf(iso)}
    </time>
  );
}
