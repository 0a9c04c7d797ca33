import { useSyncExternalStore } from "react";

/** Milliseconds between two looks at the clock. */
const tick = 20_000;

const clock = { now: Date.now(), listeners: new Set<() => void>(), timer: 0 };

/** One timer for all times on the page, as long as there is one. */
function subscribe(listener: () => void): () => void {
  if (clock.listeners.size === 0) {
    clock.now = Date.now();
    clock.timer = window.setInterval(() => {
      clock.now = Date.now();
      for (const tell of clock.listeners) tell();
    }, tick);
  }
  clock.listeners.add(listener);
  return () => {
    clock.listeners.delete(listener);
    if (clock.listeners.size === 0) clearInterval(clock.timer);
  };
}

/** The time, to some seconds, moving along by itself. */
export function useNow(): number {
  // Right after a while without listeners the clock stands, which the next subscription mends.
  return useSyncExternalStore(subscribe, () => clock.now);
}
