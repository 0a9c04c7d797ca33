import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useExpected } from "@/client/data/use-expected";
import type { Schedule } from "@/core/models/schedule";

/** Whose syncs a schedule starts. */
export interface Scheduled {
  integration: string;
  /** null: all accounts that have none of their own. */
  account: string | null;
}

/**
 * One schedule and what changes it. What is asked for shows at once, and goes back when the server refuses. `reload` is
 * called after each answer.
 */
export function useSchedule(
  { integration, account }: Scheduled,
  actual: Schedule | undefined,
  reload: () => void,
) {
  const api = useApi();
  const { busy, act } = useAction();
  const none: Partial<Schedule> = {};
  const mark = `${actual?.cron} ${actual?.enabled} ${actual?.pausedReason}`;
  const { shown, expect, takeBack } = useExpected<Partial<Schedule>>(actual ?? none, mark);
  const save = async (enabled: boolean, cron: string) => {
    // Whether it runs is plain at once; when, and in which words, only the server can say.
    expect({ enabled });
    const stored = await act(() => api.setSchedule(integration, account, { cron, enabled }), {
      done: (saved) =>
        saved.enabled ? `${integration} syncs: ${saved.summary}.` : "The schedule is paused.",
      failed: "The schedule stays as it was.",
    });
    if (stored === undefined) takeBack();
    reload();
  };
  const remove = () =>
    void act(() => api.removeSchedule(integration, account), {
      done: "The schedule is removed.",
      failed: "The schedule is still there.",
    }).finally(reload);
  return { schedule: actual === undefined ? undefined : { ...actual, ...shown }, busy, save, remove };
}
