/** Connecting by consent at the source: the way there, the wait, and how it ended. */
import { useEffect, useEffectEvent } from "react";
import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Button } from "@/client/ui/button";
import { CodeBlock } from "@/client/ui/code-block";
import { Icon } from "@/client/ui/icons";
import type { Source } from "@/core/models/api";
import type { OAuthFlow, OAuthStarted } from "@/core/models/oauth";

const lookEvery = 1500;

/** The address that the application at the source has to allow, where people bring an application of their own. */
export function RedirectNote({ source }: { source: Source }) {
  if (source.oauth === null || source.oauth.clientKnown) return null;
  return (
    <div className="space-y-1 text-sm">
      <p>Allow this redirect address in your application at {source.integration}:</p>
      <CodeBlock text={source.oauth.redirectUri} what="the redirect address" />
    </div>
  );
}

const words: Record<OAuthFlow["state"], string> = {
  waiting: "Not opened yet.",
  opened: "Waiting for your answer there…",
  succeeded: "Connected.",
  failed: "It did not work.",
  cancelled: "It was declined or closed.",
  expired: "It took too long, and the link is void.",
};

function Ended({ flow, again }: { flow: OAuthFlow; again: () => void }) {
  return (
    <div role="alert" className="space-y-3 rounded-md bg-bad-soft px-4 py-3">
      <p className="flex gap-2 font-semibold text-bad">
        <Icon name="alert" className="mt-1" />
        {words[flow.state]}
      </p>
      {flow.message === null ? null : <p dir="auto">{flow.message}</p>}
      <Button icon="back" onClick={again}>
        Try again
      </Button>
    </div>
  );
}

/** What follows the form of a source that asks for consent. `connected` gets the account's label, once. */
export function ConsentSteps({
  source,
  started,
  again,
  connected,
}: {
  source: Source;
  started: OAuthStarted;
  again: () => void;
  connected: (account: string) => void;
}) {
  const api = useApi();
  const { data, error, reload } = useResource(started.id, (signal) => api.oauthFlow(started.id, signal));
  const state = data?.state ?? "waiting";
  const pending = state === "waiting" || state === "opened";
  useEffect(() => {
    if (!pending) return undefined;
    const timer = setInterval(reload, lookEvery);
    return () => clearInterval(timer);
  }, [pending, reload]);
  const tell = useEffectEvent(() => connected(data?.account ?? "default"));
  useEffect(() => {
    if (state === "succeeded") tell();
  }, [state]);
  if (data !== undefined && !pending && state !== "succeeded") return <Ended flow={data} again={again} />;
  return (
    <div className="space-y-4">
      <p>
        {source.integration} asks you itself whether Stoneturner may read. Its page opens in a new tab; come
        back here when you have answered.
      </p>
      <a className="primary-link" href={started.connectUrl} target="_blank" rel="noopener noreferrer">
        Open {source.integration}
        <Icon name="out" className="size-3.5" />
      </a>
      <output className="flex items-center gap-2 text-sm text-muted">
        <Icon name={state === "succeeded" ? "check" : "clock"} />
        {error === undefined ? words[state] : error.message}
      </output>
      <Button look="quiet" icon="back" className="-ms-3" onClick={again}>
        Back to the form
      </Button>
    </div>
  );
}
