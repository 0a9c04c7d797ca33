import { useState, type ReactNode } from "react";
import { Page } from "@/client/ui/page";
import { CopyButton } from "@/client/ui/copy-button";
import { ClientTabs } from "./client-tabs";
import { LastCall } from "./last-call";
import { TokenStep } from "./token-step";
import { ToolList } from "./tool-list";

const prompts = [
  "Search stoneturner for what we decided about pricing, and quote the source.",
  "Which sources does stoneturner have, and when did each last sync?",
  "Read the newest call about onboarding in stoneturner and list what was promised.",
];

function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="gap-x-3 min-[20rem]:grid min-[20rem]:grid-cols-[2rem_minmax(0,1fr)]">
      <span
        aria-hidden="true"
        className="flex size-8 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent tabular-nums"
      >
        {number}
      </span>
      <div className="min-w-0">
        <h2 className="pt-0.5 pb-2">
          <span className="sr-only">Step {number}: </span>
          {title}
        </h2>
        {children}
      </div>
    </li>
  );
}

/** How an agent gets to all of this: set up in three steps, what it gets, and whether it has called. */
export function AgentsPage() {
  const [token, setToken] = useState<string>();
  return (
    <Page title="Agents" lead="Let your agents search and read the same index over MCP">
      <ol className="space-y-8">
        <Step number={1} title="A key">
          <TokenStep token={token} made={setToken} />
        </Step>
        <Step number={2} title="Connect">
          <ClientTabs token={token} />
        </Step>
        <Step number={3} title="Try it">
          <ul className="space-y-2">
            {prompts.map((prompt, index) => (
              <li
                key={prompt}
                className="flex flex-wrap items-center justify-between gap-x-3 gap-y-2 rounded-md border border-line bg-surface px-3 py-1.5"
              >
                <span className="min-w-0 flex-1 basis-36">{prompt}</span>
                <CopyButton text={prompt} what={`example ${index + 1}`} />
              </li>
            ))}
          </ul>
        </Step>
      </ol>
      <div className="mt-10">
        <LastCall />
      </div>
      <ToolList />
    </Page>
  );
}
