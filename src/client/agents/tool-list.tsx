import { useDeferredValue, useState } from "react";
import { useResource } from "@/client/data/use-resource";
import { count } from "@/client/runs/words";
import { Section } from "@/client/ui/section";
import { Bone, Failure, Loading } from "@/client/ui/states";
import { listTools, type McpTool } from "./mcp";

function Tool({ tool }: { tool: McpTool }) {
  const inputs = Object.keys(tool.inputSchema?.properties ?? {});
  return (
    <li className="border-t border-line px-4 py-3 first:border-t-0">
      <h3 className="font-mono text-[0.8125rem] font-semibold">{tool.name}</h3>
      <p className="text-sm text-muted">{tool.description}</p>
      {inputs.length === 0 ? null : (
        <p className="mt-1 text-sm">
          <span className="text-muted">Takes </span>
          <code>{inputs.join(", ")}</code>
        </p>
      )}
    </li>
  );
}

/** The tools as an agent gets them from this server, now. */
export function ToolList() {
  const [typed, setTyped] = useState("");
  const wanted = useDeferredValue(typed).trim().toLowerCase();
  const { data, error, reload } = useResource("tools", (signal) => listTools(signal));
  const tools = (data?.tools ?? []).filter((tool) =>
    `${tool.name} ${tool.title ?? ""} ${tool.description ?? ""}`.toLowerCase().includes(wanted),
  );
  return (
    <Section
      title="Tools that agents get"
      lead={
        data === undefined
          ? "From the server itself"
          : `${count(data.tools.length, "tool")}, as the server lists them now`
      }
      actions={
        <>
          <label htmlFor="find-tool" className="sr-only">
            Find a tool
          </label>
          <input
            id="find-tool"
            type="search"
            className="field w-48"
            placeholder="Find a tool"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </>
      }
    >
      {error === undefined ? null : (
        <Failure title="The tools could not be listed" error={error} retry={reload} />
      )}
      {data === undefined && error === undefined ? (
        <Loading what="tools">
          <Bone className="h-72" />
        </Loading>
      ) : null}
      {data !== undefined && tools.length === 0 ? <p>No tool of that name.</p> : null}
      {tools.length === 0 ? null : (
        <ul className="table-box">
          {tools.map((tool) => (
            <Tool key={tool.name} tool={tool} />
          ))}
        </ul>
      )}
    </Section>
  );
}
