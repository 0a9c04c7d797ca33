import { useEffect } from "react";
import { z } from "zod";
import { useKept } from "@/client/data/kept";
import { navigate, useLocation } from "@/client/router";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Page } from "@/client/ui/page";
import { Section } from "@/client/ui/section";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import type { Schedule } from "@/core/models/schedule";
import { useAsking, type Asking } from "./asking";
import { Gallery } from "./gallery";
import { SampleOffer } from "./sample-offer";
import { ConnectedCard } from "./source-card";
import { inOrder, nextSync } from "./source-view";
import { SourceFilter } from "./source-filter";
import { fitsFilters, readSourceFilters } from "./source-filters";
import { useConsentResult } from "./use-consent-result";
import { useSources } from "./use-sources";

const grid = "grid gap-4 md:grid-cols-2";

function Skeleton() {
  return (
    <Loading what="sources">
      <Bone className="mb-3 h-6 w-28" />
      <div className={grid}>
        {[1, 2, 3, 4].map((place) => (
          <Bone key={place} className="h-40" />
        ))}
      </div>
    </Loading>
  );
}

function NothingConnected({ reload }: { reload: () => void }) {
  return (
    <Empty title="Nothing is connected yet">
      <p>Connect a source below. What it holds is read, indexed on this machine and ready to search.</p>
      <SampleOffer done={reload} />
    </Empty>
  );
}

function lead(sources: readonly Source[] | undefined): string {
  const connected = (sources ?? []).filter((source) => source.status !== "not_connected");
  if (connected.length === 0) return "What Stoneturner reads for you";
  const artifacts = connected.reduce((sum, source) => sum + source.artifacts, 0);
  return `${count(connected.length, "source")} connected, ${count(artifacts, "artifact")} ready to search`;
}

/** Opens the dialog for the source that an agent's or the palette's link names. The address is spent with it. */
function useWantedSource(wanted: string | null, known: boolean, ask: (asking: Asking) => void) {
  useEffect(() => {
    if (wanted === null || !known) return;
    ask({ what: "connect", integration: wanted });
    navigate("/sources", "replace");
  }, [wanted, known, ask]);
}

/** What is connected, as cards that fold; those that the filters leave. */
function Connected({
  sources,
  schedules,
  ask,
  reload,
}: {
  sources: readonly Source[];
  schedules: readonly Schedule[];
  ask: (asking: Asking) => void;
  reload: () => void;
}) {
  const filters = readSourceFilters(useLocation().searchParams);
  const [folded, setFolded] = useKept("sources.folded", z.boolean(), false);
  const shown = sources.filter((source) => fitsFilters(source, filters));
  return (
    <Section
      title="Connected"
      actions={
        <>
          <SourceFilter sources={sources} filters={filters} />
          <Button look="quiet" className="-my-1" onClick={() => setFolded(!folded)}>
            {folded ? "Unfold all" : "Fold all"}
          </Button>
        </>
      }
    >
      {shown.length > 0 ? null : (
        <Empty title="No connected source fits these filters">
          <Button onClick={() => navigate("/sources", "replace")}>Clear filters</Button>
        </Empty>
      )}
      <ul className={grid}>
        {shown.map((source) => (
          <ConnectedCard
            key={source.integration}
            source={source}
            next={nextSync(schedules, source.integration)}
            ask={(what, account) => ask({ what, integration: source.integration, account })}
            reload={reload}
            folded={folded}
          />
        ))}
      </ul>
    </Section>
  );
}

/** All sources with their state, and the ways to connect, sync and empty them. */
export function SourcesPage() {
  const { sources, error, reload, schedules } = useSources();
  const { ask, dialog } = useAsking(sources, reload);
  const { searchParams } = useLocation();
  const known = sources !== undefined;
  useConsentResult(searchParams.get("oauth"), reload);
  useWantedSource(searchParams.get("connect"), known, ask);
  const { connected, available } = inOrder(sources ?? []);
  return (
    <Page title="Sources" lead={lead(sources)}>
      {error === undefined ? null : (
        <div className="mb-6">
          <Failure title="The sources could not be loaded" error={error} retry={reload} />
        </div>
      )}
      {sources === undefined && error === undefined ? <Skeleton /> : null}
      {known && connected.length === 0 ? <NothingConnected reload={reload} /> : null}
      {connected.length > 0 ? (
        <Connected sources={connected} schedules={schedules} ask={ask} reload={reload} />
      ) : null}
      {available.length > 0 ? (
        <Gallery
          sources={available}
          focused={searchParams.has("add")}
          connect={({ integration }) => ask({ what: "connect", integration })}
        />
      ) : null}
      {dialog}
    </Page>
  );
}
