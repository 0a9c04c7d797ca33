import type { ReactNode } from "react";
import { useApi } from "@/client/api";
import { useWindowed, type Windowed } from "@/client/data/use-windowed";
import { Link, navigate, useLocation } from "@/client/router";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Page } from "@/client/ui/page";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { useNarrow, useWideAs } from "@/client/ui/use-media";
import { VirtualRows } from "@/client/ui/virtual-rows";
import type { ArtifactSummary } from "@/core/models/api";
import { useHiddenColumns } from "@/client/views/columns";
import { ColumnsMenu } from "@/client/views/columns-menu";
import { ViewsMenu } from "@/client/views/views-menu";
import { ArtifactFilterBar } from "./artifact-filter-bar";
import {
  type ArtifactFilters,
  artifactsPath,
  isNarrowed,
  readArtifactFilters,
  toQuery,
} from "./artifact-filters";
import { ArtifactCells, ArtifactHead } from "./artifact-rows";
import { Preview } from "./preview";

const pageSize = 100;
/** Those that can be put away, by their heads. */
const artifactColumns = ["Source", "Kind", "Dated", "Author", "Synced"] as const;

function Skeleton() {
  return (
    <Loading what="artifacts">
      <Bone className="mb-2 h-9 w-32" />
      <Bone className="h-[60dvh]" />
    </Loading>
  );
}

function Nothing({ narrowed, clear }: { narrowed: boolean; clear: () => void }) {
  return narrowed ? (
    <Empty title="No artifact fits these filters">
      <Button onClick={clear}>Clear filters</Button>
    </Empty>
  ) : (
    <Empty title="There are no artifacts yet">
      <p>
        <Link className="text-link" href="/sources">
          Connect a source
        </Link>{" "}
        and everything that is read from it is listed here.
      </p>
    </Empty>
  );
}

/** The rows that the filters leave, read as far as they are looked at. */
function useArtifactRows(filters: ArtifactFilters) {
  const api = useApi();
  const query = toQuery(filters);
  return useWindowed<ArtifactSummary>(JSON.stringify(query), pageSize, async (page, signal) => {
    const answer = await api.artifacts({ ...query, ...page }, signal);
    return { rows: answer.artifacts, total: answer.total };
  });
}

/** The list, and beside it what is opened; Escape closes that. */
function List({ open, close, children }: { open: string; close: () => void; children: ReactNode }) {
  const columns =
    "items-start gap-4 grid-cols-[minmax(0,1fr)_minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_30rem]";
  return (
    // The same elements with and without a preview, or the list would be drawn anew and lose its place and focus. A key
    // that reaches this has been left by everything inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={open === "" ? "" : `grid ${columns}`}
      onKeyDown={({ key }) => {
        if (key === "Escape" && open !== "") close();
      }}
    >
      <div className="min-w-0">{children}</div>
      {open === "" ? null : <Preview id={open} close={close} />}
    </div>
  );
}

/** How many there are, the ways to look at them, and those in sight. */
function Listed({
  filters,
  rows,
}: {
  filters: ArtifactFilters;
  rows: Windowed<ArtifactSummary> & { total: number };
}) {
  const { total, at, show } = rows;
  const { hidden, toggle } = useHiddenColumns("artifacts");
  const narrow = useNarrow();
  const beside = useWideAs(64);
  const cells = (artifact: ArtifactSummary | undefined) => (
    <ArtifactCells
      artifact={artifact}
      to={beside && artifact !== undefined ? artifactsPath({ ...filters, open: artifact.id }) : undefined}
      current={beside && artifact?.id === filters.open}
      follows={beside && filters.open !== ""}
    />
  );
  const close = () => navigate(artifactsPath({ ...filters, open: "" }), "replace");
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <output className="text-sm text-muted tabular-nums">{count(total, "artifact")}</output>
        <div className="flex flex-wrap gap-2">
          <ColumnsMenu columns={artifactColumns} hidden={hidden} toggle={toggle} />
          <ViewsMenu />
        </div>
      </div>
      <List open={beside ? filters.open : ""} close={close}>
        <VirtualRows
          label="Artifacts"
          columns={`artifact-columns ${hidden.map((column) => `no-${column.toLowerCase()}`).join(" ")}`}
          total={total}
          height={narrow ? 3.5 : 2.5}
          show={show}
          renderRow={(index) => cells(at(index))}
          current={(index) => beside && at(index)?.id === filters.open}
          head={<ArtifactHead filters={filters} />}
        />
      </List>
    </>
  );
}

/** Everything that was synced: found, sorted and scrolled, however much it is. */
export function ArtifactsPage() {
  const filters = readArtifactFilters(useLocation().searchParams);
  const rows = useArtifactRows(filters);
  const { total, error, reload } = rows;
  const clear = () => navigate(artifactsPath({ ...filters, search: "", integration: "", kind: "" }));
  return (
    <Page title="Artifacts" lead="Every page, call, chat, ticket and file as clean markdown">
      <ArtifactFilterBar filters={filters} />
      {error === undefined ? null : (
        <div className="mb-4">
          <Failure title="The artifacts could not be loaded" error={error} retry={reload} />
        </div>
      )}
      {total === undefined && error === undefined ? <Skeleton /> : null}
      {total === 0 ? <Nothing narrowed={isNarrowed(filters)} clear={clear} /> : null}
      {total === undefined || total === 0 ? null : <Listed filters={filters} rows={{ ...rows, total }} />}
    </Page>
  );
}
