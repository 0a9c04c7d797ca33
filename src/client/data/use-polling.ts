import { useEffect } from "react";

/** Calls `look` every few milliseconds as long as `on` says so and somebody can see the page. */
export function usePolling(look: () => void, milliseconds: number, on = true): void {
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") look();
    }, milliseconds);
    return () => clearInterval(timer);
  }, [look, milliseconds, on]);
}
