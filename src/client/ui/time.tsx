import { useEffect, useState } from "react";
import { absoluteTime, dayOf, relativeTime } from "./dates";

/** A time relative to now, moving along by itself; the exact time with its zone on hover. */
export function TimeAgo({ iso }: { iso: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 20_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={iso} title={absoluteTime(iso)}>
      {relativeTime(iso, now)}
    </time>
  );
}

/** A day; the exact time with its zone on hover. */
export function Day({ iso }: { iso: string }) {
  return (
    <time dateTime={iso} title={absoluteTime(iso)}>
      {dayOf(iso)}
    </time>
  );
}
