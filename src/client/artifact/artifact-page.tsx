import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Link, useLocation } from "@/client/router";
import { Icon } from "@/client/ui/icons";
import { Markdown } from "@/client/ui/markdown";
import { Page } from "@/client/ui/page";
import { isWebLink } from "@/client/ui/safe-link";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { Day } from "@/client/ui/time";
import type { Artifact } from "@/core/models/api";
import { Aside } from "./aside";
import { readLines, type LineRange } from "./lines";
import { Passages } from "./passages";
import { withoutTitle } from "./reading-text";
import { Raw } from "./raw";
import { Tabs } from "./tabs";

/** Longer texts open as plain text first: laying out their markdown would hold the browser up. */
const longText = 300_000;

const columns = "grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]";

function Skeleton() {
  return (
    <Loading what="the artifact">
      <div className={columns}>
        <div className="space-y-3">
          <Bone className="h-9 w-48" />
          {[1, 2, 3, 4, 5, 6].map((line) => (
            <Bone key={line} className="h-4 w-full" />
          ))}
        </div>
        <Bone className="h-64" />
      </div>
    </Loading>
  );
}

function Facts({ artifact }: { artifact: Artifact }) {
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

function Content({ artifact, lines }: { artifact: Artifact; lines: LineRange | undefined }) {
  const { markdown } = artifact;
  if (markdown.trim() === "") {
    return (
      <Empty title="This artifact has no text">
        <p>The source gave a title and details only. They are listed beside or below.</p>
      </Empty>
    );
  }
  return (
    <Tabs
      label="Ways to read"
      first={markdown.length > longText ? 1 : 0}
      tabs={[
        { name: "Read", panel: <Markdown text={withoutTitle(markdown, artifact.title)} /> },
        { name: "Raw markdown", panel: <Raw markdown={markdown} lines={lines} /> },
        { name: "Passages", panel: <Passages id={artifact.id} /> },
      ]}
    />
  );
}

/** One artifact: its text, and what is known about it. */
export function ArtifactPage({ id }: { id: string }) {
  const api = useApi();
  const lines = readLines(useLocation().searchParams.get("lines"));
  const { data, error, reload } = useResource(id, (signal) => api.artifact(id, signal));
  const gone = error?.status === 404;
  return (
    <>
      <p className="mb-3 text-sm">
        <Link className="text-link inline-flex min-h-6 items-center gap-1" href="/artifacts">
          <Icon name="back" className="size-3.5" /> Artifacts
        </Link>
      </p>
      <Page
        title={data === undefined ? "Artifact" : data.title === "" ? "Without a title" : data.title}
        lead={data === undefined ? undefined : <Facts artifact={data} />}
      >
        {data === undefined && error === undefined ? <Skeleton /> : null}
        {error !== undefined && !gone ? (
          <Failure title="The artifact could not be loaded" error={error} retry={reload} />
        ) : null}
        {gone ? (
          <Empty title="There is no such artifact">
            <p>
              It may have been removed at its source.{" "}
              <Link className="text-link" href="/search">
                Search
              </Link>{" "}
              for it, or check the address.
            </p>
          </Empty>
        ) : null}
        {data === undefined ? null : (
          <div className={columns}>
            <div className="min-w-0">
              <Content key={data.id} artifact={data} lines={lines} />
            </div>
            <Aside artifact={data} />
          </div>
        )}
      </Page>
    </>
  );
}
