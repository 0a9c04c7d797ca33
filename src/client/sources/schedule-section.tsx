import { useId, useState } from "react";
import { Section } from "@/client/ui/section";
import type { Source } from "@/core/models/api";
import type { Schedule } from "@/core/models/schedule";
import { ScheduleEditor } from "./schedule-editor";

/** The schedule of a source: one for all accounts, or one for each. */
export function ScheduleSection({
  source,
  schedules,
  reload,
}: {
  source: Source;
  schedules: readonly Schedule[];
  reload: () => void;
}) {
  const id = useId();
  const [account, setAccount] = useState<string | null>(null);
  const own = schedules.filter((one) => one.integration === source.integration);
  const schedule = own.find((one) => one.account === account);
  const several = source.accounts.length > 1;
  return (
    <Section
      title="Schedule"
      lead="Syncs that start by themselves read what changed."
      actions={
        several ? (
          <div className="flex min-w-0 items-center gap-2 text-sm">
            <label htmlFor={id}>For</label>
            <select
              id={id}
              className="field w-auto max-w-56 min-w-0"
              value={account ?? ""}
              onChange={(event) => setAccount(event.target.value === "" ? null : event.target.value)}
            >
              <option value="">All accounts</option>
              {source.accounts.map((one) => (
                <option key={one.id} value={one.account}>
                  {one.account.slice(0, 80)}
                </option>
              ))}
            </select>
          </div>
        ) : undefined
      }
    >
      <ScheduleEditor
        key={`${account ?? ""} ${schedule?.cron ?? ""}`}
        integration={source.integration}
        account={account}
        schedule={schedule}
        reload={reload}
      />
    </Section>
  );
}
