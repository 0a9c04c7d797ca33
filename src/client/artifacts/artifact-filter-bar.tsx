import { navigate } from "@/client/router";
import { useTyped } from "@/client/search/use-typed";
import { useSourceNames } from "@/client/sources/use-source-names";
import { SearchField } from "@/client/ui/search-field";
import { artifactKinds } from "@/core/models/artifact";
import { artifactsPath, readArtifactFilters, type ArtifactFilters } from "./artifact-filters";

const typingPause = 250;

/** Narrows the list by words, source and kind. */
export function ArtifactFilterBar({ filters }: { filters: ArtifactFilters }) {
  const go = (next: Partial<ArtifactFilters>) => navigate(artifactsPath({ ...filters, ...next }), "replace");
  const { text, setText } = useTyped(filters.search, (search) => go({ search }), typingPause);
  const names = useSourceNames(filters.integration);
  return (
    <search className="mb-4 flex flex-wrap gap-3">
      <SearchField
        label="Title, author or id contains"
        place="flex-1 basis-56 max-sm:basis-full"
        dir="auto"
        maxLength={1_000}
        placeholder="Title, author or id contains…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <select
        aria-label="Source"
        className="field min-[20rem]:w-[calc(50%-0.375rem)] sm:w-40"
        value={filters.integration}
        onChange={(event) => go({ integration: event.target.value })}
      >
        <option value="">All sources</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        aria-label="Kind"
        className="field min-[20rem]:w-[calc(50%-0.375rem)] sm:w-40"
        value={filters.kind}
        onChange={(event) =>
          go({ kind: readArtifactFilters(new URLSearchParams({ kind: event.target.value })).kind })
        }
      >
        <option value="">All kinds</option>
        {artifactKinds.map((kind) => (
          <option key={kind}>{kind}</option>
        ))}
      </select>
    </search>
  );
}
