import { useCallback, useId, useState, type ReactNode } from "react";
import { AgentsSection } from "@/client/agents/agents-section";
import { useApi } from "@/client/api";
import { useLiveRuns, useReloadOnRuns } from "@/client/data/live-runs";
import { useResource } from "@/client/data/use-resource";
import { useEndedRuns } from "@/client/data/use-ended-runs";
import { count, runAnnouncement } from "@/client/runs/words";
import { useNotices } from "@/client/ui/notices";
import { Page } from "@/client/ui/page";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import type { SyncRun } from "@/core/models/sync";
import { ConnectDialog } from "./connect-dialog";
import { PurgeDialog } from "./purge-dialog";
import { SourceCard, type CardActions } from "./source-card";
import { activeRuns, inOrder, withLiveRuns } from "./source-view";

const grid = "grid gap-4 sm:grid-cols-2 xl:grid-cols-3";

function Skeleton() {
  return (
    <Loading what="sources">
      <div className={grid}>
        {[1, 2, 3].map((place) => (
          <Bone key={place} className="h-44" />
        ))}
      </div>
    </Loading>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading} className="mb-8">
      <h2 id={heading} className="mb-3">
        {title}
      </h2>
      {children}
    </section>
  );
}

function Groups({ sources, actions }: { sources: readonly Source[]; actions: CardActions }) {
  const { connected, available } = inOrder(sources);
  const cards = (list: readonly Source[]) => (
    <ul className={grid}>
      {list.map((source) => (
        <SourceCard key={source.integration} source={source} actions={actions} />
      ))}
    </ul>
  );
  if (sources.length === 0) {
    return (
      <Empty title="This build knows no sources">
        <p>
          Register an integration in src/integrations/config-registry.ts and sync-registry.ts, then start
          again.
        </p>
      </Empty>
    );
  }
  return (
    <>
      {connected.length > 0 ? (
        <Group title="Connected">{cards(connected)}</Group>
      ) : (
        <div className="mb-8">
          <Empty title="Nothing is connected yet">
            <p>Connect a source below. What it holds is read, indexed on this machine and ready to search.</p>
          </Empty>
        </div>
      )}
      {available.length > 0 ? <Group title="Available">{cards(available)}</Group> : null}
    </>
  );
}

function lead(sources: readonly Source[]): string {
  const connected = sources.filter((source) => source.status !== "not_connected");
  if (connected.length === 0) return "What Stoneturner reads for you";
  const artifacts = connected.reduce((sum, source) => sum + source.artifacts, 0);
  return `${count(connected.length, "source")} connected, ${count(artifacts, "artifact")} ready to search`;
}

type Asking = { what: "connect" | "purge"; integration: string };

/** All sources with their state, and the ways to connect, sync and empty them. */
export function SourcesPage() {
  const api = useApi();
  const live = useLiveRuns();
  const { notify } = useNotices();
  const { data, error, reload } = useResource("sources", (signal) => api.sources(signal));
  const [asking, setAsking] = useState<Asking>();
  const sources = data?.integrations.map((source) => withLiveRuns(source, live));
  useReloadOnRuns(reload, sources?.some((source) => activeRuns(source).length > 0) ?? false);
  const tell = useCallback(
    (run: SyncRun) => notify(runAnnouncement(run), run.state === "failed" ? "bad" : "ok"),
    [notify],
  );
  useEndedRuns(sources?.flatMap((source) => source.runs) ?? [], tell);
  const actions: CardActions = {
    connect: ({ integration }) => setAsking({ what: "connect", integration }),
    purge: ({ integration }) => setAsking({ what: "purge", integration }),
    reload,
  };
  const asked = sources?.find((source) => source.integration === asking?.integration);
  const close = () => setAsking(undefined);
  const done = () => {
    close();
    reload();
    // The button that opened the dialog may be gone a moment later, and focus must not go with it.
    requestAnimationFrame(() => document.querySelector("h1")?.focus());
  };
  return (
    <Page title="Sources" lead={lead(sources ?? [])}>
      {error === undefined ? null : (
        <div className="mb-6">
          <Failure title="The sources could not be loaded" error={error} retry={reload} />
        </div>
      )}
      {sources === undefined && error === undefined ? <Skeleton /> : null}
      {sources === undefined ? null : <Groups sources={sources} actions={actions} />}
      <AgentsSection />
      {asked !== undefined && asking?.what === "connect" ? (
        <ConnectDialog source={asked} close={close} done={done} />
      ) : null}
      {asked !== undefined && asking?.what === "purge" ? (
        <PurgeDialog source={asked} close={close} done={done} />
      ) : null}
    </Page>
  );
}
