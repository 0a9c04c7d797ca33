import { Icon } from "@/client/ui/icons";
import { isWebLink } from "@/client/ui/safe-link";
import { Day } from "@/client/ui/time";
import type { Artifact } from "@/core/models/api";

/** Where an artifact is from, its day and author, and the way to it at its source. */
export function Facts({ artifact }: { artifact: Artifact }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <li>{artifact.integration}</li>
      {artifact.artifactDate === null ? null : (
        <li>
          <Day iso={artifact.artifactDate} />
        </li>
      )}
      {artifact.author === null ? null : <li dir="auto">{artifact.author}</li>}
      {isWebLink(artifact.url) ? (
        <li>
          <a
            className="text-link inline-flex items-center gap-1"
            href={artifact.url}
            target="_blank"
            rel="noopener noreferrer"
          >
            Open at source <Icon name="out" className="size-3" />
          </a>
        </li>
      ) : null}
    </ul>
  );
}
