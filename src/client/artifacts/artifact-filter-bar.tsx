import { useId } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { navigate } from "@/client/router";
import { useTyped } from "@/client/search/use-typed";
import { Icon } from "@/client/ui/icons";
import { artifactKinds } from "@/core/models/artifact";
import { artifactsPath, readArtifactFilters, type ArtifactFilters } from "./artifact-filters";

const typingPause = 250;

/** Narrows the list by words, source and shape. */
export function ArtifactFilterBar({ filters }: { filters: ArtifactFilters }) {
  const api = useApi();
  const id = useId();
  const { data } = useResource("sources", (signal) => api.sources(signal));
  const go = (next: Partial<ArtifactFilters>) => navigate(artifactsPath({ ...filters, ...next }), "replace");
  const { text, setText } = useTyped(filters.search, (search) => go({ search }), typingPause);
  const names = (data?.integrations ?? [])
    .filter((source) => source.status !== "not_connected")
    .map((source) => source.integration);
  const shown = [...new Set(filters.integration === "" ? names : [...names, filters.integration])].sort();
  return (
    <search className="mb-4 flex flex-wrap gap-3">
      <div className="relative min-w-56 flex-1">
        <label htmlFor={`${id}-text`} className="sr-only">
          Title, author or id contains
        </label>
        <Icon name="search" className="pointer-events-none absolute inset-y-0 start-2.5 my-auto text-muted" />
        <input
          id={`${id}-text`}
          type="search"
          dir="auto"
          maxLength={1_000}
          className="field ps-8"
          placeholder="Title, author or id contains…"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </div>
      <select
        aria-label="Source"
        className="field w-40"
        value={filters.integration}
        onChange={(event) => go({ integration: event.target.value })}
      >
        <option value="">All sources</option>
        {shown.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        aria-label="Shape"
        className="field w-40"
        value={filters.kind}
        onChange={(event) =>
          go({ kind: readArtifactFilters(new URLSearchParams({ kind: event.target.value })).kind })
        }
      >
        <option value="">All shapes</option>
        {artifactKinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </select>
    </search>
  );
}
