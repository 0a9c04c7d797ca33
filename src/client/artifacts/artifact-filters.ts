/** Which artifacts are listed and in which order, kept in the page's address. */
import type { ArtifactQuery } from "@/client/api";
import { artifactKinds, type ArtifactKind } from "@/core/models/artifact";

const sortColumns = ["title", "kind", "artifactDate", "updateDate"] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface ArtifactFilters {
  search: string;
  integration: string;
  kind: ArtifactKind | "";
  sortBy: SortColumn;
  sortOrder: "asc" | "desc";
  /** Id of the artifact that is previewed beside the list; empty: none. */
  open: string;
}

const unsorted = { sortBy: "updateDate", sortOrder: "desc" } as const;

export function readArtifactFilters(params: URLSearchParams): ArtifactFilters {
  const kind = params.get("kind");
  const sort = params.get("sort");
  return {
    search: params.get("q") ?? "",
    integration: params.get("integration") ?? "",
    kind: artifactKinds.find((known) => known === kind) ?? "",
    sortBy: sortColumns.find((known) => known === sort) ?? unsorted.sortBy,
    sortOrder: params.get("order") === "asc" ? "asc" : unsorted.sortOrder,
    open: params.get("open") ?? "",
  };
}

/** The address of a list; what stands at its default is left out. */
export function artifactsPath(filters: ArtifactFilters): string {
  const params = new URLSearchParams();
  const put = (name: string, value: string, usual: string) => {
    if (value !== usual) params.set(name, value);
  };
  put("q", filters.search, "");
  put("integration", filters.integration, "");
  put("kind", filters.kind, "");
  put("sort", filters.sortBy, unsorted.sortBy);
  put("order", filters.sortOrder, unsorted.sortOrder);
  put("open", filters.open, "");
  const text = params.toString();
  return text === "" ? "/artifacts" : `/artifacts?${text}`;
}

/** The list as the API is asked for it. */
export function toQuery(filters: ArtifactFilters): Omit<ArtifactQuery, "offset" | "limit"> {
  const { search, integration, kind, sortBy, sortOrder } = filters;
  return {
    sortBy,
    sortOrder,
    ...(search.trim() === "" ? {} : { search: search.trim().slice(0, 1_000) }),
    ...(integration === "" ? {} : { integration }),
    ...(kind === "" ? {} : { kind }),
  };
}

/** The order after a press on a column's head: its natural one first, then the other way round. */
export function afterPress(filters: ArtifactFilters, column: SortColumn): ArtifactFilters {
  const natural = column === "title" || column === "kind" ? "asc" : "desc";
  const turned = filters.sortOrder === "asc" ? "desc" : "asc";
  return { ...filters, sortBy: column, sortOrder: filters.sortBy === column ? turned : natural };
}

/** Whether anything narrows the list. */
export function isNarrowed({ search, integration, kind }: ArtifactFilters): boolean {
  return search.trim() !== "" || integration !== "" || kind !== "";
}
