import { artifactPath, Link } from "@/client/router";
import { Icon } from "@/client/ui/icons";
import { isWebLink } from "@/client/ui/safe-link";
import { Day } from "@/client/ui/time";
import type { SearchHit } from "@/core/models/search";
import { pieces } from "./highlight";
import { Why } from "./why";

/** The passage that matched, with what matched in it marked. */
export function Snippet({ hit }: { hit: SearchHit }) {
  return (
    <p dir="auto" className="mt-1 whitespace-pre-line line-clamp-4">
      {pieces(hit.snippet, hit.highlights).map((piece) =>
        piece.marked ? <mark key={piece.at}>{piece.text}</mark> : <span key={piece.at}>{piece.text}</span>,
      )}
    </p>
  );
}

/** Whole passages in their order: the one that matched stands out from those around it. */
function Passages({ hit, passages }: { hit: SearchHit; passages: NonNullable<SearchHit["passages"]> }) {
  const { start, end } = hit.lines;
  return (
    <ol className="mt-2 space-y-2">
      {passages.map(({ id, lines, text }) => {
        const best = lines.start <= start && lines.end >= end;
        return (
          <li
            key={`${id} ${lines.start}`}
            className={`border-s-2 ps-3 ${best ? "border-accent" : "border-line text-muted"}`}
          >
            <p className="text-xs text-muted tabular-nums">
              lines {lines.start}–{lines.end}
              {best ? ", the best passage" : ""}
            </p>
            <p dir="auto" className="whitespace-pre-line">
              {text}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function Facts({ hit }: { hit: SearchHit }) {
  return (
    <ul className="flex flex-wrap gap-x-3 gap-y-0.5 text-sm text-muted">
      <li>{hit.integration}</li>
      {hit.artifactDate === null ? null : (
        <li>
          <Day iso={hit.artifactDate} />
        </li>
      )}
      {hit.author === null ? null : <li dir="auto">{hit.author}</li>}
      <li className="tabular-nums">
        {hit.lines.start === hit.lines.end
          ? `line ${hit.lines.start}`
          : `lines ${hit.lines.start}–${hit.lines.end}`}
      </li>
      <li className="tabular-nums">score {hit.score.toFixed(3)}</li>
      {isWebLink(hit.url) ? (
        <li>
          <a
            className="text-link inline-flex items-center gap-1"
            href={hit.url}
            target="_blank"
            rel="noopener noreferrer"
          >
            Open at source
            <span className="sr-only">: {hit.title}</span>
            <Icon name="out" className="size-3" />
          </a>
        </li>
      ) : null}
    </ul>
  );
}

/** What was folded into a hit because it reads the same. */
function ReadsTheSame({ alike = [] }: Pick<SearchHit, "alike">) {
  if (alike.length === 0) return null;
  return (
    <p dir="auto" className="mt-1 text-sm text-muted">
      Reads the same:{" "}
      {alike.map(({ id, integration, title }, place) => (
        <span key={id}>
          {place === 0 ? "" : ", "}
          <Link className="text-link" href={artifactPath(id)}>
            {title === "" ? "Without a title" : title}
          </Link>{" "}
          ({integration})
        </span>
      ))}
    </p>
  );
}

/** How much higher or lower a hit stands than in the other list. */
function Moved({ by }: { by: number | "new" }) {
  if (by === 0) return null;
  const words = by === "new" ? "only here" : by > 0 ? `${by} higher` : `${-by} lower`;
  return <span className="ms-2 text-sm font-normal text-muted">({words})</span>;
}

/** One result: title, where it is from, the passage, and why it was found. */
export function Hit({ hit, moved = 0 }: { hit: SearchHit; moved?: number | "new" }) {
  return (
    <li className="py-4 first:pt-0">
      {/* One width for all of it: what is written from right to left begins at its other edge. */}
      <div className="max-w-[80ch]">
        <h2 dir="auto" className="line-clamp-3 text-[1.0625rem] font-semibold">
          <Link className="text-link" href={artifactPath(hit.id, hit.lines)}>
            {hit.title === "" ? "Without a title" : hit.title}
          </Link>
          <Moved by={moved} />
        </h2>
        <Facts hit={hit} />
        {hit.passages === undefined ? <Snippet hit={hit} /> : <Passages hit={hit} passages={hit.passages} />}
        <ReadsTheSame {...(hit.alike === undefined ? {} : { alike: hit.alike })} />
      </div>
      {hit.why === undefined || hit.why.length === 0 ? null : <Why traces={hit.why} title={hit.title} />}
    </li>
  );
}
