import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Link, artifactPath } from "@/client/router";
import { count } from "@/client/runs/words";
import { Pill } from "@/client/ui/pill";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { Passage } from "@/core/models/api";

function PassageItem({ id, passage }: { id: string; passage: Passage }) {
  const { startLine, endLine, heading, text, models } = passage;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
        <Link className="text-link tabular-nums" href={artifactPath(id, { start: startLine, end: endLine })}>
          {startLine === endLine ? `Line ${startLine}` : `Lines ${startLine}–${endLine}`}
        </Link>
        {heading === null ? null : <span dir="auto">{heading}</span>}
        <span className="ms-auto">
          {models.length === 0 ? "words only" : `words and ${models.join(", ")}`}
        </span>
      </div>
      <p dir="auto" className="mt-1 line-clamp-6 text-sm whitespace-pre-line">
        {text}
      </p>
    </li>
  );
}

/** The passages that search looks at, with their lines and what is indexed of each. */
export function Passages({ id }: { id: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`passages ${id}`, (signal) => api.passages(id, signal));
  if (error !== undefined)
    return <Failure title="The passages could not be loaded" error={error} retry={reload} />;
  if (data === undefined) {
    return (
      <Loading what="passages">
        <Bone className="h-48" />
      </Loading>
    );
  }
  return (
    <>
      <div className="mb-3 flex items-center gap-3 text-sm text-muted">
        {count(data.passages.length, "passage")}
        {data.indexed ? (
          <Pill tone="ok" icon="check">
            Indexed
          </Pill>
        ) : (
          <Pill tone="warn" icon="clock">
            Waits for the index
          </Pill>
        )}
      </div>
      {data.passages.length === 0 ? null : (
        <ol className="table-box divide-y divide-line">
          {data.passages.map((passage) => (
            <PassageItem key={passage.ordinal} id={id} passage={passage} />
          ))}
        </ol>
      )}
    </>
  );
}
