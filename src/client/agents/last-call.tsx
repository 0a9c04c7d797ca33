import { useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { usePolling } from "@/client/data/use-polling";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { DataTable } from "@/client/ui/data-table";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { TimeAgo } from "@/client/ui/time";
import { agentsSeen, type SeenAgent } from "./agents-seen";
import { listTools } from "./mcp";

const lookEvery = 4_000;
const mostShown = 8;

/** Tries the endpoint as an agent would. */
function TestConnection() {
  const [said, setSaid] = useState<{ text: string; good: boolean }>();
  const [busy, setBusy] = useState(false);
  const ask = async () => {
    setBusy(true);
    try {
      const { tools, milliseconds } = await listTools();
      setSaid({ text: `It answers: ${count(tools.length, "tool")} in ${milliseconds} ms.`, good: true });
    } catch (thrown) {
      setSaid({ text: `It does not answer. ${asApiError(thrown).message}`, good: false });
    }
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap items-center gap-y-2">
      <output className={`text-sm not-empty:me-3 ${said?.good === false ? "text-bad" : "text-muted"}`}>
        {said?.text}
      </output>
      <Button icon="plug" disabled={busy} onClick={() => void ask()}>
        {busy ? "Asking…" : "Test the connection"}
      </Button>
    </div>
  );
}

const columns = [
  { text: "Agent" },
  { text: "Last call" },
  { text: "Came in over", from: "sm" },
  { text: "Calls", from: "md" },
  { text: "When", from: "sm" },
] as const;

function AgentRow({ agent: { last, calls } }: { agent: SeenAgent }) {
  return (
    <tr className="row">
      <th scope="row" dir="auto" className="cell font-medium">
        {last.client ?? "Without a name"}
      </th>
      <td className="cell">
        <code className="wrap-normal">{last.tool}</code>
        <span className={`block text-sm ${last.outcome === "ok" ? "text-muted" : "text-bad"}`}>
          {last.outcome === "ok" ? "answered" : "refused or failed"}
        </span>
        <span className="block text-sm text-muted sm:hidden">
          <TimeAgo iso={last.at} />
        </span>
      </td>
      <td className="cell hidden text-muted sm:table-cell">
        {last.way === "http" ? "HTTP" : "standard input"}
      </td>
      <td className="cell hidden text-muted tabular-nums md:table-cell">{calls.toLocaleString("en")}</td>
      <td className="cell hidden whitespace-nowrap text-muted sm:table-cell">
        <TimeAgo iso={last.at} />
      </td>
    </tr>
  );
}

/** Which calls have been seen, looked at every few seconds, so that a new agent's first call shows up here. */
export function LastCall() {
  const api = useApi();
  const { data, error, reload } = useResource("calls", (signal) => api.mcpCalls(signal));
  usePolling(reload, lookEvery);
  return (
    <Section
      title="Last calls seen"
      lead="Of each agent, over HTTP and where it starts Stoneturner itself; never what it asked"
      actions={<TestConnection />}
    >
      {error === undefined ? null : (
        <Failure title="The calls could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="calls">
          <Bone className="h-12" />
        </Loading>
      ) : null}
      {data?.calls.length === 0 ? (
        <p className="text-muted">
          No agent has called a tool yet. Once one does, it shows up here within seconds.
        </p>
      ) : null}
      {data === undefined || data.calls.length === 0 ? null : (
        <DataTable caption="Agents by their last call, newest first" columns={columns}>
          {agentsSeen(data.calls)
            .slice(0, mostShown)
            .map((agent) => (
              <AgentRow key={`${agent.last.way} ${agent.last.client}`} agent={agent} />
            ))}
        </DataTable>
      )}
    </Section>
  );
}
