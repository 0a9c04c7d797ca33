import { Link } from "@/client/router";
import { absoluteTime, dated } from "@/client/ui/dates";
import { isWebLink } from "@/client/ui/safe-link";
import { CopyButton } from "@/client/ui/copy-button";
import type { Artifact } from "@/core/models/api";
import { Related } from "./related";
import { AsideSection as Section } from "./aside-section";

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <Section title={title}>
      <ul className="space-y-1.5 text-sm">
        {[...new Set(items)].map((item) => (
          <li key={item} dir="auto" className="border-s-2 border-line ps-3">
            {item}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Entities({ entities }: { entities: readonly string[] }) {
  if (entities.length === 0) return null;
  return (
    <Section title="Mentions">
      <ul className="flex flex-wrap gap-1.5 text-sm">
        {[...new Set(entities)].map((entity) => (
          <li key={entity}>
            <Link
              dir="auto"
              className="inline-flex min-h-6 items-center rounded-full border border-line bg-surface px-2.5 hover:border-edge"
              href={`/search?q=${encodeURIComponent(entity)}`}
            >
              {entity}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** What is stored of an artifact beside its text. */
export function Details({ artifact }: { artifact: Artifact }) {
  const rows: [string, string | null][] = [
    ["Source", artifact.integration],
    ["Account", artifact.account],
    ["Kind", artifact.kind],
    ["Author", artifact.author],
    ["Dated", artifact.artifactDate === null ? null : dated(artifact.artifactDate)],
    ["Synced", absoluteTime(artifact.updateDate)],
    ["Address", isWebLink(artifact.url) ? null : artifact.url],
    ["Id at source", artifact.integrationArtifactId],
    ["Id here", artifact.id],
    ...Object.entries(artifact.metadata).map(([key, value]): [string, string] => [key, shown(value)]),
  ];
  return (
    <Section title="Details">
      <dl className="space-y-1.5 text-sm">
        {rows.map(([name, value]) =>
          value === null || value === "" ? null : (
            <div key={name} className="grid grid-cols-[7rem_1fr] gap-2">
              <dt className="text-muted">{name}</dt>
              <dd dir="auto" className="min-w-0">
                {value}
              </dd>
            </div>
          ),
        )}
      </dl>
      <div className="mt-3">
        <CopyButton text={artifact.id} what="id" named="Copy id" />
      </div>
    </Section>
  );
}

/** Key points, questions and names that were found in an artifact. */
export function Insights({ artifact }: { artifact: Artifact }) {
  return (
    <>
      <List title="Key points" items={artifact.keyPoints} />
      <List title="Questions it answers" items={artifact.questionsAnswered} />
      <Entities entities={artifact.entities} />
      {artifact.insightState === "pending" ? (
        <p className="text-sm text-muted">Key points are still being found.</p>
      ) : null}
    </>
  );
}

/** What is known about an artifact beside its text. */
export function Aside({ artifact }: { artifact: Artifact }) {
  return (
    <aside aria-label="About this artifact" className="min-w-0 space-y-6">
      <Insights artifact={artifact} />
      <Related id={artifact.id} />
      <Details artifact={artifact} />
    </aside>
  );
}
