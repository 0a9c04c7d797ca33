import { signals } from "@/client/signals";

/** Milliseconds out of sight after which what is shown counts as old. */
const oldAfter = 15_000;

/** Loads what is shown again when somebody comes back to this tab: another tab may have changed it meanwhile. */
export function refreshOnReturn(): void {
  let leftAt = 0;
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leftAt = Date.now();
    else if (leftAt > 0 && Date.now() - leftAt > oldAfter) signals.refresh.raise();
  });
}
