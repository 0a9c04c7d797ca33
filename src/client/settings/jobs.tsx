import { useApi } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { useResource } from "@/client/data/use-resource";
import { Button } from "@/client/ui/button";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { TimeAgo, TimeAhead } from "@/client/ui/time";
import type { JobState } from "@/core/models/job";

const columns = [
  { text: "Job" },
  { text: "Last run" },
  { text: "Next run", from: "sm" },
  { text: "Actions", unseen: true, from: "sm" },
] as const;

function LastRun({ job: { last, running } }: { job: JobState }) {
  if (running) {
    return (
      <Pill tone="info" icon="sync">
        Running
      </Pill>
    );
  }
  if (last === null) return <span className="text-muted">Not yet</span>;
  return (
    <>
      <Pill tone={last.error === null ? "ok" : "bad"} icon={last.error === null ? "check" : "alert"}>
        {last.error === null ? "Done" : "Failed"}
      </Pill>
      <span className="block text-sm text-muted">
        <TimeAgo iso={last.at} />, took {(last.ms / 1_000).toFixed(1)} s
      </span>
      {last.error === null ? null : (
        <span dir="auto" className="line-clamp-3 text-sm text-bad">
          {last.error}
        </span>
      )}
    </>
  );
}

function JobRow({ job, reload }: { job: JobState; reload: () => void }) {
  const api = useApi();
  const { busy, act } = useAction();
  const run = () =>
    void act(() => api.runJob(job.name), {
      done: ({ last }) =>
        last === null || last.error === null ? `${job.name} is done.` : `${job.name} failed: ${last.error}`,
      failed: `${job.name} did not run.`,
    }).finally(reload);
  const going = busy || job.running;
  const text = going ? "Running…" : "Run now";
  const button = (
    <Button
      icon="play"
      className="whitespace-nowrap"
      aria-label={`${text}: ${job.name}`}
      disabled={going}
      onClick={run}
    >
      {text}
    </Button>
  );
  return (
    <tr className="row">
      <th scope="row" className="cell font-normal">
        <span className="font-medium">{job.name}</span>
        <span className="block text-sm text-muted">{job.does}</span>
      </th>
      <td className="cell">
        <LastRun job={job} />
        <div className="mt-2 sm:hidden">{button}</div>
      </td>
      <td className="cell hidden text-muted sm:table-cell">
        {job.nextRunAt === null ? "Never: CRON_ENABLED is false" : <TimeAhead iso={job.nextRunAt} />}
        <span className="block text-sm">{job.summary}</span>
      </td>
      <td className="cell hidden text-end sm:table-cell">{button}</td>
    </tr>
  );
}

/** What the installation does by itself, and a way to have it done now. */
export function Jobs() {
  const api = useApi();
  const { data, error, reload } = useResource("jobs", (signal) => api.jobs(signal));
  return (
    <Section
      title="Jobs of this installation"
      lead="They run by themselves. CRON_RETRY_FAILED adds one that tries again what failed."
    >
      {error === undefined ? null : (
        <Failure title="The jobs could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="jobs">
          <Bone className="h-[6.75rem]" />
        </Loading>
      ) : null}
      {data === undefined ? null : (
        <DataTable caption="Jobs, with how they went last and when they run next" columns={columns}>
          {data.jobs.map((job) => (
            <JobRow key={job.name} job={job} reload={reload} />
          ))}
        </DataTable>
      )}
    </Section>
  );
}
