import { useState } from "react";
import { asApiError, useApi } from "@/client/api";
import { usePolling } from "@/client/data/use-polling";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { TimeAgo } from "@/client/ui/time";
import type { McpCall } from "@/core/models/system";
import { listTools } from "./mcp";

const lookEvery = 4_000;

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
    <div className="flex flex-wrap items-center gap-3">
      <output className={`text-sm ${said?.good === false ? "text-bad" : "text-muted"}`}>{said?.text}</output>
      <Button icon="plug" disabled={busy} onClick={() => void ask()}>
        {busy ? "Asking…" : "Test the connection"}
      </Button>
    </div>
  );
}

function Calls({ calls }: { calls: readonly McpCall[] }) {
  return (
    <ul className="table-box divide-y divide-line text-sm">
      {calls.slice(0, 6).map((call) => (
        <li key={`${call.at} ${call.tool}`} className="flex flex-wrap items-center gap-x-3 px-3 py-2">
          <Icon
            name={call.outcome === "ok" ? "check" : "alert"}
            className={call.outcome === "ok" ? "text-accent" : "text-bad"}
          />
          <code>{call.tool}</code>
          <span className="text-muted">{call.outcome === "ok" ? "answered" : "refused or failed"}</span>
          <span dir="auto" className="min-w-0 flex-1 truncate text-muted">
            {call.client}
          </span>
          <span className="text-muted">
            <TimeAgo iso={call.at} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Which calls have been seen, looked at every few seconds, so that a new agent's first call shows up here. */
export function LastCall() {
  const api = useApi();
  const { data, error, reload } = useResource("calls", (signal) => api.mcpCalls(signal));
  usePolling(reload, lookEvery);
  return (
    <Section title="Last calls seen" lead="Over HTTP, since the server started" actions={<TestConnection />}>
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
      {data === undefined || data.calls.length === 0 ? null : <Calls calls={data.calls} />}
    </Section>
  );
}
