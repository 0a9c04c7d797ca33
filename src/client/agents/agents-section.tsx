import { useId } from "react";
import { CopyButton } from "@/client/ui/copy-button";
import { agentSnippets } from "./snippets";

/** How to connect an agent, ready to copy. */
export function AgentsSection() {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="border-t border-line pt-6">
      <h2 id={heading}>Connect an agent</h2>
      <p className="mt-1 text-muted">
        Agents search the same index over MCP. Paste one of these, then ask the agent about your own
        documents.
      </p>
      <ul className="mt-4 grid gap-4 lg:grid-cols-3">
        {agentSnippets(location.origin).map(({ agent, where, text }) => (
          <li key={agent} className="min-w-0 rounded-lg border border-line bg-surface p-4">
            <div className="flex items-center justify-between gap-2">
              <div>
                <h3>{agent}</h3>
                <p className="text-sm text-muted">{where}</p>
              </div>
              <CopyButton text={text} what={`the ${agent} snippet`} />
            </div>
            <pre className="mt-3 rounded-md bg-sunken p-3 font-mono text-[0.8125rem] whitespace-pre-wrap">
              {text}
            </pre>
          </li>
        ))}
      </ul>
    </section>
  );
}
