import { useEffect, useRef } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Link, useLocation } from "@/client/router";
import { focusHeading } from "@/client/ui/focus-heading";
import { Icon } from "@/client/ui/icons";
import { Page } from "@/client/ui/page";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import { Aside } from "./aside";
import { Content } from "./content";
import { Facts } from "./facts";
import { readLines } from "./lines";

const columns = "grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem] print:block print:space-y-8";

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

/** The link to another passage of the same text goes with the list it stood in: its focus goes to the heading. */
function useFocusOnPassage(passage: string | null): void {
  const shown = useRef(passage);
  useEffect(() => {
    if (shown.current !== passage) focusHeading();
    shown.current = passage;
  }, [passage]);
}

/** One artifact: its text, and what is known about it. */
export function ArtifactPage({ id }: { id: string }) {
  const api = useApi();
  const passage = useLocation().searchParams.get("lines");
  useFocusOnPassage(passage);
  const { data, error, reload } = useResource(id, (signal) => api.artifact(id, signal));
  const gone = error?.status === 404;
  return (
    <>
      <p className="mb-3 text-sm print:hidden">
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
              <Content key={`${data.id} ${passage ?? ""}`} artifact={data} lines={readLines(passage)} />
            </div>
            <Aside artifact={data} />
          </div>
        )}
      </Page>
    </>
  );
}
