import { Icon } from "@/client/ui/icons";
import type { SearchResponse } from "@/core/models/search";

const words: Readonly<Record<string, string>> = {
  vectors: "Vectors",
  candidates: "Candidates",
  words: "Words",
  characters: "Characters",
  rerank: "Reranking",
  fuse: "Fusing",
  find: "Finding",
  present: "Making snippets",
  total: "In all",
};

/** How long each stage of a search took, as bars of the whole and in words. */
export function Timings({ timings }: { timings: SearchResponse["timings"] }) {
  const total = timings.total ?? 0;
  const stages = Object.entries(timings).filter(([name]) => name !== "total");
  if (stages.length === 0) return null;
  return (
    <details className="text-sm text-muted">
      <summary className="inline-flex min-h-6 items-center gap-1 hover:text-ink">
        <Icon name="chevron" className="turn size-3" />
        Timings
      </summary>
      <table className="mt-1">
        <caption className="sr-only">Milliseconds by stage</caption>
        <tbody>
          {[...stages, ["total", total] as const].map(([name, milliseconds]) => (
            <tr key={name}>
              <th scope="row" className="pe-3 text-start font-medium">
                {words[name] ?? name}
              </th>
              <td className="w-40 pe-3" aria-hidden="true">
                <svg className="block h-2 w-full" viewBox="0 0 100 4" preserveAspectRatio="none">
                  <rect
                    width={total === 0 ? 0 : Math.min(100, (milliseconds / total) * 100)}
                    height="4"
                    className="fill-accent"
                  />
                </svg>
              </td>
              <td className="text-end tabular-nums">{milliseconds.toFixed(1)} ms</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
