import { useId } from "react";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Pill } from "@/client/ui/pill";
import { TimeAgo } from "@/client/ui/time";
import type { Source } from "@/core/models/api";
import { Accounts } from "./accounts";
import { RunProgress } from "./run-progress";
import { activeRuns, firstSentence, lastProblem, sourceStatus } from "./source-view";
import { useSync } from "./use-sync";

export interface CardActions {
  connect: (source: Source) => void;
  purge: (source: Source) => void;
  reload: () => void;
}

function Counts({ source }: { source: Source }) {
  return (
    <p className="text-sm text-muted tabular-nums">
      {count(source.artifacts, "artifact")}
      {source.waiting > 0 ? ` · ${count(source.waiting, "waits", "wait")} for the index` : ""}
      {" · "}
      {source.lastSyncedAt === null ? (
        "never synced"
      ) : (
        <>
          synced <TimeAgo iso={source.lastSyncedAt} />
        </>
      )}
    </p>
  );
}

function Problem({ source }: { source: Source }) {
  const run = lastProblem(source);
  if (run === undefined || run.error === null) return null;
  return (
    <p className="rounded-md bg-warn-soft px-3 py-2 text-sm" dir="auto">
      {run.error}
      {run.parkedUntil === null ? null : (
        <>
          {" "}
          It goes on <TimeAgo iso={run.parkedUntil} />.
        </>
      )}
    </p>
  );
}

function Actions({ source, actions }: { source: Source; actions: CardActions }) {
  const { asked, start, cancel } = useSync(source, actions.reload);
  const running = source.status === "syncing";
  const name = source.integration;
  const adding = source.status === "needs_reconnect" ? "Reconnect" : "Add account";
  return (
    <div className="mt-auto flex flex-wrap gap-2 pt-1">
      {running ? (
        <Button icon="close" aria-label={`Cancel sync: ${name}`} disabled={asked} onClick={cancel}>
          Cancel
        </Button>
      ) : (
        <>
          <Button
            look="primary"
            icon="sync"
            aria-label={`Sync now: ${name}`}
            disabled={asked}
            onClick={() => start("incremental")}
          >
            Sync now
          </Button>
          <Button aria-label={`Full sync: ${name}`} disabled={asked} onClick={() => start("full")}>
            Full sync
          </Button>
        </>
      )}
      <Button look="quiet" aria-label={`${adding}: ${name}`} onClick={() => actions.connect(source)}>
        {adding}
      </Button>
      {running ? null : (
        <Button look="quiet" aria-label={`Remove data: ${name}`} onClick={() => actions.purge(source)}>
          Remove data
        </Button>
      )}
    </div>
  );
}

/** One source: what it is, how it stands, and what can be done with it. */
export function SourceCard({ source, actions }: { source: Source; actions: CardActions }) {
  const heading = useId();
  const status = sourceStatus(source);
  const connected = source.status !== "not_connected";
  const active = activeRuns(source);
  return (
    <li className="min-w-0">
      <article
        aria-labelledby={heading}
        className="flex h-full flex-col gap-3 rounded-lg border border-line bg-surface p-4 shadow-card"
      >
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <img src={source.icon} alt="" width="28" height="28" className="size-7 shrink-0" />
          <h3 id={heading} className="min-w-0 flex-1">
            {source.integration}
          </h3>
          <Pill tone={status.tone} icon={status.icon}>
            {status.text}
          </Pill>
        </div>
        {connected ? (
          <Accounts source={source} />
        ) : (
          <p className="text-muted">{firstSentence(source.description)}</p>
        )}
        {connected ? <Counts source={source} /> : null}
        {active.map((run) => (
          <RunProgress key={run.id} run={run} named={active.length > 1} />
        ))}
        <Problem source={source} />
        {connected ? (
          <Actions source={source} actions={actions} />
        ) : (
          <div className="mt-auto">
            <Button
              icon="plug"
              aria-label={`Connect ${source.integration}`}
              onClick={() => actions.connect(source)}
            >
              Connect
            </Button>
          </div>
        )}
      </article>
    </li>
  );
}
