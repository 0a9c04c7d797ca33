/** A stream of artifacts that its integration renders itself, and whose removals it tells itself. */
import type { RenderedArtifact } from "@/core/models/artifact";
import { hashJson } from "@/lib/hash";
import type { Stream } from "./stream";

/** What is on the pages is stored as it is where it differs from what is served; not being met says nothing. */
export function artifactStream(
  name: string,
  pages: Stream<RenderedArtifact>["pages"],
): Stream<RenderedArtifact> {
  return {
    name,
    enumerates: [],
    key: ({ integrationArtifactId }) => integrationArtifactId,
    version: hashJson,
    render: (item) => item,
    pages,
  };
}
