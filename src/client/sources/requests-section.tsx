import { useDeferredValue, useState } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { bytesWords } from "@/client/ui/bytes";
import { Button } from "@/client/ui/button";
import { DataTable } from "@/client/ui/data-table";
import { Section } from "@/client/ui/section";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { TimeAgo } from "@/client/ui/time";
import type { ProviderRequest } from "@/core/models/system";
import { matchingRequests, type Outcome, toOutcome } from "./request-filter";

const columns = [
  { text: "Request" },
  { text: "Answer" },
  { text: "Waited", from: "md", end: true },
  { text: "Took", from: "sm", end: true },
  { text: "Size", from: "md", end: true },
  { text: "When", from: "sm" },
] as const;

/** Shown at first, and more with each press. */
const step = 12;

const milliseconds = (ms: number) => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);

function RequestRow({ request }: { request: ProviderRequest }) {
  const { method, host, path, status, error, attempt, waitedMs, ms, bytes, at } = request;
  const number = "cell hidden text-end whitespace-nowrap text-muted tabular-nums";
  return (
    <tr className="row">
      <th scope="row" className="cell font-normal">
        <code>
          <span className="font-semibold">{method}</span> <span className="text-muted">{host}</span>
          {path}
        </code>
        <span className="block text-sm text-muted sm:hidden">
          <TimeAgo iso={at} />
        </span>
      </th>
      <td className={`cell whitespace-nowrap ${error === null ? "text-muted" : "text-bad"}`}>
        {status ?? "none"}
        {error === null ? null : <span className="block text-sm">{error.replaceAll("_", " ")}</span>}
        {attempt === 1 ? null : <span className="block text-sm">attempt {attempt}</span>}
      </td>
      <td className={`${number} md:table-cell`}>{waitedMs === 0 ? "–" : milliseconds(waitedMs)}</td>
      <td className={`${number} sm:table-cell`}>{milliseconds(ms)}</td>
      <td className={`${number} md:table-cell`}>{bytesWords(bytes)}</td>
      <td className="cell hidden whitespace-nowrap text-muted sm:table-cell">
        <TimeAgo iso={at} />
      </td>
    </tr>
  );
}

function RequestFilterBar({
  outcome,
  choose,
  text,
  type,
}: {
  outcome: Outcome;
  choose: (outcome: Outcome) => void;
  text: string;
  type: (text: string) => void;
}) {
  return (
    <search className="mb-3 flex flex-wrap gap-2">
      <select
        aria-label="Which requests"
        className="field w-auto"
        value={outcome}
        onChange={(event) => choose(toOutcome(event.target.value))}
      >
        <option value="all">All requests</option>
        <option value="failed">Failed</option>
        <option value="waited">Waited or tried again</option>
      </select>
      <input
        type="search"
        aria-label="Request holds"
        className="field w-auto min-w-0 flex-1 basis-40"
        placeholder="Path, status or error holds…"
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </search>
  );
}

/** Requests by how they ended and by text, some at first. */
function Filtered({ requests }: { requests: readonly ProviderRequest[] }) {
  const [outcome, setOutcome] = useState<Outcome>("all");
  const [text, setText] = useState("");
  const [most, setMost] = useState(step);
  const shown = matchingRequests(requests, outcome, useDeferredValue(text));
  const clear = () => {
    setOutcome("all");
    setText("");
  };
  return (
    <>
      <RequestFilterBar outcome={outcome} choose={setOutcome} text={text} type={setText} />
      <output className="sr-only">{count(shown.length, "request")}</output>
      {shown.length === 0 ? (
        <Empty title="No request fits these filters">
          <Button onClick={clear}>Clear filters</Button>
        </Empty>
      ) : (
        <DataTable caption="Requests to the provider, newest first" columns={columns}>
          {shown.slice(0, most).map((request) => (
            <RequestRow
              key={`${request.at} ${request.method} ${request.path} ${request.attempt}`}
              request={request}
            />
          ))}
        </DataTable>
      )}
      {shown.length > most ? (
        <Button className="mt-3" onClick={() => setMost(most + 4 * step)}>
          Show more
        </Button>
      ) : null}
    </>
  );
}

/** What was asked of the source's provider, and how it answered. `mark` changes when there may be more. */
export function RequestsSection({ name, mark }: { name: string; mark: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`requests ${name} ${mark}`, (signal) =>
    api.providerRequests(name, signal),
  );
  const { requests, failures, bytes } = data?.totals ?? { requests: 0, failures: 0, bytes: 0 };
  return (
    <Section
      title="Requests to the provider"
      lead={
        requests === 0
          ? "Without ids, values and secrets"
          : `${count(requests, "request")} since the server started, ${failures.toLocaleString("en")} failed, ${bytesWords(bytes)} read; without ids, values and secrets`
      }
      actions={
        data === undefined || requests === 0 ? undefined : (
          <Button icon="sync" onClick={reload}>
            Look again
          </Button>
        )
      }
    >
      {error === undefined ? null : (
        <Failure title="The requests could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="requests">
          <Bone className="h-24" />
        </Loading>
      ) : null}
      {data?.requests.length === 0 ? (
        <p className="text-muted">
          Nothing has been asked since the server started. The next sync’s requests are listed here.
        </p>
      ) : null}
      {data === undefined || data.requests.length === 0 ? null : <Filtered requests={data.requests} />}
    </Section>
  );
}
