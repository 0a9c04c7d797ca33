import { memo } from "react";
import { artifactPath, Link, navigate } from "@/client/router";
import { Icon } from "@/client/ui/icons";
import { Bone } from "@/client/ui/states";
import { Day, TimeAgo } from "@/client/ui/time";
import type { ArtifactSummary } from "@/core/models/api";
import { afterPress, artifactsPath, type ArtifactFilters, type SortColumn } from "./artifact-filters";

interface CellsProps {
  artifact: ArtifactSummary | undefined;
  /** Where a press on the row leads, when that is not its own page. */
  to: string | undefined;
  /** Whether it is the one that is previewed. */
  current: boolean;
  /** Whether an open preview follows focus. */
  follows: boolean;
}

/** The cells of one artifact, or their place while it is under way. Drawn anew only when something in them changes. */
export const ArtifactCells = memo(function ArtifactCells({ artifact, to, current, follows }: CellsProps) {
  if (artifact === undefined) {
    return (
      <td>
        <Bone className="h-4 w-2/3" />
      </td>
    );
  }
  return (
    <>
      <td className="min-w-0">
        <Link
          dir="auto"
          className="block truncate font-medium hover:underline"
          aria-current={current ? "true" : undefined}
          href={artifactPath(artifact.id)}
          to={to}
          onFocus={() => {
            if (follows && !current && to !== undefined) navigate(to, "replace");
          }}
        >
          {artifact.title === "" ? "Without a title" : artifact.title}
        </Link>
        <span className="block truncate text-sm text-muted sm:hidden">
          {artifact.integration} · {artifact.kind}
        </span>
      </td>
      <td className="truncate text-muted">{artifact.integration}</td>
      <td className="truncate text-muted">{artifact.kind}</td>
      <td className="truncate text-muted tabular-nums">
        {artifact.artifactDate === null ? "–" : <Day iso={artifact.artifactDate} />}
      </td>
      <td dir="auto" className="truncate text-muted">
        {artifact.author ?? "–"}
      </td>
      <td className="truncate text-muted">
        <TimeAgo iso={artifact.updateDate} />
      </td>
    </>
  );
});

function SortHead({ filters, column, text }: { filters: ArtifactFilters; column: SortColumn; text: string }) {
  const on = filters.sortBy === column;
  const order = filters.sortOrder === "asc" ? "ascending" : "descending";
  return (
    <th scope="col" aria-sort={on ? order : "none"}>
      <button
        type="button"
        className={`inline-flex min-h-6 items-center gap-1 hover:text-ink ${on ? "text-ink" : ""}`}
        onClick={() => navigate(artifactsPath(afterPress(filters, column)), "replace")}
      >
        {text}
        {on ? (
          <Icon
            name="chevron"
            className={`size-3 ${filters.sortOrder === "asc" ? "-rotate-90" : "rotate-90"}`}
          />
        ) : null}
      </button>
    </th>
  );
}

/** The head of the list: most columns sort it. */
export function ArtifactHead({ filters }: { filters: ArtifactFilters }) {
  return (
    <>
      <SortHead filters={filters} column="title" text="Title" />
      <th scope="col">Source</th>
      <SortHead filters={filters} column="kind" text="Kind" />
      <SortHead filters={filters} column="artifactDate" text="Dated" />
      <th scope="col">Author</th>
      <SortHead filters={filters} column="updateDate" text="Synced" />
    </>
  );
}
