import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds, as the window changes. */
function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches);
}

/** Pixels of one rem: more than 16 where somebody reads with larger letters. */
export function remInPixels(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}

function onResize(listener: () => void): () => void {
  addEventListener("resize", listener);
  return () => removeEventListener("resize", listener);
}

/** Whether the window holds so many rem of the letters it is read in. Media queries go by the browser's own alone. */
export function useWideAs(rem: number): boolean {
  return useSyncExternalStore(onResize, () => innerWidth >= rem * remInPixels());
}

/** Whether the window is as narrow as a telephone. */
export const useNarrow = () => useMedia("(width < 40rem)");
