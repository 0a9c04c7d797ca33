import type { ReactNode } from "react";
import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { Button } from "@/client/ui/button";
import { count } from "./words";

/** Tries once more what failed: everything, one source's, or the tasks named. */
export function RetryButton({
  integration,
  taskIds,
  label,
  reload,
  children,
}: {
  integration?: string;
  taskIds?: readonly string[];
  /** Its name, where the text alone does not tell several apart. */
  label?: string;
  reload: () => void;
  children: ReactNode;
}) {
  const api = useApi();
  const { busy, act } = useAction();
  const filter = {
    ...(integration === undefined ? {} : { integration }),
    ...(taskIds === undefined ? {} : { taskIds }),
  };
  const retry = () =>
    void act(() => api.retryFailed(filter), {
      done: ({ runs }) =>
        runs.length === 0
          ? "Nothing is left to try again."
          : `${count(runs.length, "sync has", "syncs have")} started.`,
      failed: "Nothing was started.",
    }).finally(reload);
  return (
    <Button icon="sync" disabled={busy} aria-label={label} onClick={retry}>
      {children}
    </Button>
  );
}
