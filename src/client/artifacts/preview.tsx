import { useApi } from "@/client/api";
import { Details, Insights } from "@/client/artifact/aside";
import { Content } from "@/client/artifact/content";
import { Facts } from "@/client/artifact/facts";
import { useResource } from "@/client/data/use-resource";
import { artifactPath, Link } from "@/client/router";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { Bone, Failure, Loading } from "@/client/ui/states";
import type { Artifact } from "@/core/models/api";

function PreviewHead({ id, close }: { id: string; close: () => void }) {
  return (
    <div className="flex items-center justify-between gap-2 border-b border-line px-4 py-2">
      <Link className="text-link inline-flex min-h-6 items-center gap-1 text-sm" href={artifactPath(id)}>
        Open the whole page <Icon name="out" className="size-3" />
      </Link>
      <Button
        look="quiet"
        icon="close"
        className="-me-2 px-2"
        aria-label="Close the preview"
        onClick={close}
      />
    </div>
  );
}

/** Title, facts and text, with what the page has beside them as further tabs. */
function PreviewBody({ artifact }: { artifact: Artifact }) {
  const insights = (
    <div className="space-y-6">
      <Insights artifact={artifact} />
    </div>
  );
  return (
    <>
      <div>
        <h2 dir="auto" className="line-clamp-3">
          {artifact.title === "" ? "Without a title" : artifact.title}
        </h2>
        <div className="mt-1 text-sm text-muted">
          <Facts artifact={artifact} />
        </div>
      </div>
      <Content
        key={artifact.id}
        artifact={artifact}
        more={[
          { name: "Insights", panel: insights },
          { name: "Details", panel: <Details artifact={artifact} /> },
        ]}
      />
    </>
  );
}

/** One artifact beside the list that it is in: the same parts as on its own page. */
export function Preview({ id, close }: { id: string; close: () => void }) {
  const api = useApi();
  const { data, error, loading, reload } = useResource(id, (signal) => api.artifact(id, signal));
  return (
    <aside aria-label="Preview" aria-busy={loading} className="preview">
      <PreviewHead id={id} close={close} />
      <div className="space-y-4 overflow-auto p-4">
        {error === undefined ? null : (
          <Failure title="The artifact could not be loaded" error={error} retry={reload} />
        )}
        {data === undefined && error === undefined ? (
          <Loading what="the artifact">
            <Bone className="h-6 w-2/3" />
            <Bone className="mt-4 h-64" />
          </Loading>
        ) : null}
        {data === undefined || error !== undefined ? null : <PreviewBody artifact={data} />}
      </div>
    </aside>
  );
}
