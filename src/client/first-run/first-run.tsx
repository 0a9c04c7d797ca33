import type { ReactNode } from "react";
import { Link } from "@/client/router";
import { SampleOffer } from "@/client/sources/sample-offer";
import { isAskedOverNetwork } from "@/client/sources/source-view";
import { useAsking } from "@/client/sources/asking";
import { Button } from "@/client/ui/button";
import { Page } from "@/client/ui/page";
import type { Source } from "@/core/models/api";
import { rememberFirstSteps } from "./first-run-state";

/** A way to begin: what it is, and the button that begins it. */
function Beginning({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <li className="flex flex-col gap-3 rounded-lg border border-line bg-surface p-5 shadow-card">
      <h2>{title}</h2>
      <p className="text-muted">{text}</p>
      <div className="mt-auto">{children}</div>
    </li>
  );
}

/** What a newcomer sees: two ways to begin that need no key, and the rest. */
export function FirstRun({ sources, reload }: { sources: readonly Source[]; reload: () => void }) {
  const begun = () => {
    rememberFirstSteps(true);
    reload();
  };
  const { ask, dialog } = useAsking(sources, begun);
  const folder = sources.find((source) => source.integration === "Files");
  return (
    <Page
      title="Welcome to Stoneturner"
      tab="Welcome"
      lead="Connect what your company works in; search it, and let your agents search it. Everything stays on this machine."
    >
      <ul className="grid gap-4 md:grid-cols-2">
        {folder === undefined ? null : (
          <>
            <Beginning
              title="Look around first"
              text="The bundled workspace of a made-up company: calls, pages, chats and tickets. It needs no key and syncs in seconds; remove it whenever you like."
            >
              <SampleOffer look="primary" done={begun} />
            </Beginning>
            <Beginning
              title="Use a folder of yours"
              text="Notes, documents, mail and spreadsheets of this machine. Nothing leaves it, and nothing in the folder changes."
            >
              <Button icon="plug" onClick={() => ask({ what: "connect", integration: folder.integration })}>
                Connect a folder
              </Button>
            </Beginning>
          </>
        )}
      </ul>
      <p className="mt-6">
        Or{" "}
        <Link className="text-link" href="/sources?add=1">
          connect one of {sources.filter(isAskedOverNetwork).length} sources
        </Link>{" "}
        with its key.
      </p>
      {dialog}
    </Page>
  );
}
