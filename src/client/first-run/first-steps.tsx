import { useState, type ReactNode } from "react";
import { Link, navigate } from "@/client/router";
import { RunProgress } from "@/client/runs/run-progress";
import { count } from "@/client/runs/words";
import { sampleAccount } from "@/client/sources/sample-offer";
import { activeRuns } from "@/client/sources/source-view";
import { Button } from "@/client/ui/button";
import { CodeBlock } from "@/client/ui/code-block";
import { formText } from "@/client/ui/form-text";
import { Icon } from "@/client/ui/icons";
import { Section } from "@/client/ui/section";
import type { Source } from "@/core/models/api";
import { agentSnippets } from "@/client/agents/snippets";
import { onFirstSteps, rememberFirstSteps } from "./first-run-state";

const sampleQuestions = [
  "why did we lose Molar Bros?",
  "what caused the late reminders in August",
  "when does Harbor Dental roll out to all clinics",
];

function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3">
      <Icon name={done ? "boxDone" : "box"} className={`mt-1 ${done ? "text-accent" : "text-muted"}`} />
      <div className="min-w-0 space-y-2">
        <h3>
          {title}
          <span className="sr-only">{done ? " (done)" : ""}</span>
        </h3>
        {children}
      </div>
    </li>
  );
}

function SearchStep({ samples }: { samples: boolean }) {
  return (
    <div className="space-y-2">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          navigate(`/search?q=${encodeURIComponent(formText(event.currentTarget, "q"))}`);
        }}
      >
        <label htmlFor="first-search" className="sr-only">
          Search
        </label>
        <input
          id="first-search"
          name="q"
          type="search"
          className="field max-w-md"
          maxLength={10_000}
          placeholder="Ask in your own words"
        />
        <Button type="submit" icon="search">
          Search
        </Button>
      </form>
      {samples ? (
        <ul className="flex flex-wrap gap-1.5">
          {sampleQuestions.map((question) => (
            <li key={question}>
              <Link className="chip" href={`/search?q=${encodeURIComponent(question)}`}>
                {question}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

/** The first agent's snippet, and the way to the others'. */
function AgentStep() {
  const [snippet] = agentSnippets({
    origin: location.origin,
    token: undefined,
    projectRoot: undefined,
    home: undefined,
  });
  return (
    <>
      {snippet === undefined ? null : <CodeBlock text={snippet.text} what={`the ${snippet.agent} snippet`} />}
      <p className="text-sm text-muted">
        For Claude Code.{" "}
        <Link className="text-link" href="/agents">
          All other agents
        </Link>
      </p>
    </>
  );
}

/** What comes after the first connection: it syncs, it is searched, an agent is connected. Closed by the person. */
export function FirstSteps({ sources }: { sources: readonly Source[] }) {
  const [open, setOpen] = useState(onFirstSteps);
  if (!open) return null;
  const running = sources.flatMap(activeRuns);
  const artifacts = sources.reduce((sum, source) => sum + source.artifacts, 0);
  const samples = sources.some((source) => source.accounts.some((one) => one.account === sampleAccount));
  const close = () => {
    rememberFirstSteps(false);
    setOpen(false);
  };
  return (
    <div className="mb-8 rounded-lg border border-line bg-surface p-5 shadow-card">
      <Section
        title="First steps"
        actions={
          <Button look="quiet" onClick={close}>
            Done with these
          </Button>
        }
      >
        <ol className="space-y-5">
          <Step done={running.length === 0 && artifacts > 0} title="It is read and indexed">
            {running.length === 0 ? (
              <p className="text-muted">{count(artifacts, "artifact")} ready to search.</p>
            ) : (
              running.map((run) => <RunProgress key={run.id} run={run} named />)
            )}
          </Step>
          <Step done={false} title="Search it">
            <SearchStep samples={samples} />
          </Step>
          <Step done={false} title="Let an agent search it">
            <AgentStep />
          </Step>
        </ol>
      </Section>
    </div>
  );
}
