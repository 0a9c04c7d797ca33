/** Code of the page that is fetched when it is first needed: what happens when it cannot be had. */
import { ApiError } from "@/client/api";
import { signals } from "@/client/signals";

const missing = "page-code";

/** Time in which a page that was only just loaded again is not loaded once more by itself, in milliseconds. */
const PATIENCE_MS = 30_000;

/** A part's code. @throws ApiError in plain words where it cannot be fetched. */
export async function pageCode<Module>(loading: Promise<Module>): Promise<Module> {
  try {
    return await loading;
  } catch (error) {
    reportError(error);
    throw new ApiError(
      missing,
      "Its code could not be loaded: Stoneturner does not answer, or was updated since this page was opened. Load the page again.",
    );
  }
}

/**
 * Loads the page again where `error` says that its code is missing: at once when the server answers, since that was
 * updated and no longer has the file, else when it is back. Browsers and React both remember that it failed. Returns
 * what ends the waiting.
 */
export function reloadForCode(error: ApiError): () => void {
  if (error.code !== missing) return () => undefined;
  void reloadIfServed();
  return signals.refresh.listen(reload);
}

const reload = () => location.reload();

async function reloadIfServed(): Promise<void> {
  try {
    const { ok } = await fetch("/healthz");
    if (ok && !wasJustReloaded()) reload();
  } catch {
    // It is down; the signal comes when it is back.
  }
}

function wasJustReloaded(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  const isReload = entry instanceof PerformanceNavigationTiming && entry.type === "reload";
  return isReload && performance.now() < PATIENCE_MS;
}
