import { useId, useState } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { DataTable } from "@/client/ui/data-table";
import { Pill } from "@/client/ui/pill";
import { Section } from "@/client/ui/section";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { TimeAgo } from "@/client/ui/time";
import { auditOutcomes, type AuditEvent } from "@/core/models/access";

const pageSize = 50;
const outcomes = {
  ok: { text: "Done", tone: "ok", icon: "check" },
  refused: { text: "Refused", tone: "warn", icon: "close" },
  failed: { text: "Failed", tone: "bad", icon: "alert" },
} as const;

const columns = [
  { text: "When", from: "sm" },
  { text: "What" },
  { text: "Who", from: "sm" },
  { text: "Result" },
] as const;

function EventRow({ event }: { event: AuditEvent }) {
  const { text, tone, icon } = outcomes[event.outcome];
  return (
    <tr className="row">
      <td className="cell hidden whitespace-nowrap text-muted sm:table-cell">
        <TimeAgo iso={event.time} />
      </td>
      <th scope="row" className="cell font-normal">
        <code>{event.action}</code>
        <span dir="auto" className="line-clamp-2 text-sm text-muted max-sm:line-clamp-4">
          {event.target}
        </span>
        <span className="block text-xs text-muted sm:hidden">
          <TimeAgo iso={event.time} />
        </span>
      </th>
      <td dir="auto" className="cell hidden sm:table-cell">
        <span className="line-clamp-2">{event.actor}</span>
        <span className="block text-xs text-muted">{event.address}</span>
      </td>
      <td className="cell">
        <Pill tone={tone} icon={icon}>
          {text}
        </Pill>
      </td>
    </tr>
  );
}

function EventTable({ events }: { events: readonly AuditEvent[] }) {
  return (
    <DataTable caption="What was done, newest first" columns={columns}>
      {events.map((event) => (
        <EventRow key={event.id} event={event} />
      ))}
    </DataTable>
  );
}

function OutcomeFilter({ outcome, choose }: { outcome: string; choose: (outcome: string) => void }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="sr-only">
        Result
      </label>
      <select id={id} className="field w-36" value={outcome} onChange={(event) => choose(event.target.value)}>
        <option value="">All results</option>
        {auditOutcomes.map((one) => (
          <option key={one} value={one}>
            {outcomes[one].text}
          </option>
        ))}
      </select>
    </>
  );
}

function NoEvents({ filtered, clear }: { filtered: boolean; clear: () => void }) {
  return filtered ? (
    <Empty title="Nothing with this result">
      <Button onClick={clear}>Clear the filter</Button>
    </Empty>
  ) : (
    <Empty title="Nothing is written down yet">
      <p>Logins, tokens, credentials, purges and schedules are listed here as they happen.</p>
    </Empty>
  );
}

/** What was done to access and secrets, by whom, and how it went. */
export function AuditSettings() {
  const api = useApi();
  const [outcome, setOutcome] = useState("");
  const [limit, setLimit] = useState(pageSize);
  const { data, error, reload } = useResource(`${outcome} ${limit}`, (signal) =>
    api.audit({ outcome, limit }, signal),
  );
  const shown = data?.events.length ?? 0;
  return (
    <Section
      title="Audit log"
      lead={
        data === undefined
          ? "Logins, tokens, credentials, purges and schedules"
          : count(data.total, "entry", "entries")
      }
      actions={
        <>
          <OutcomeFilter outcome={outcome} choose={setOutcome} />
          <a className="download-link" href="/api/audit?format=jsonl" download>
            <Icon name="down" />
            Export
          </a>
        </>
      }
    >
      {error === undefined ? null : (
        <Failure title="The audit log could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="the audit log">
          <Bone className="h-80" />
        </Loading>
      ) : null}
      {shown === 0 && data !== undefined ? (
        <NoEvents filtered={outcome !== ""} clear={() => setOutcome("")} />
      ) : null}
      {data === undefined || shown === 0 ? null : <EventTable events={data.events} />}
      {shown >= limit && limit < 500 ? (
        <Button className="mt-3" onClick={() => setLimit(Math.min(500, limit * 3))}>
          Show more
        </Button>
      ) : null}
    </Section>
  );
}
