import { useApi } from "@/client/api";
import { useResource } from "@/client/data/use-resource";
import { Link } from "@/client/router";
import { count } from "@/client/runs/words";
import { RunsTable } from "@/client/runs/runs-table";
import { Button } from "@/client/ui/button";
import { Icon } from "@/client/ui/icons";
import { Markdown } from "@/client/ui/markdown";
import { Page } from "@/client/ui/page";
import { Pill } from "@/client/ui/pill";
import { Section } from "@/client/ui/section";
import { Bone, Empty, Failure, Loading } from "@/client/ui/states";
import type { Source } from "@/core/models/api";
import { AccountsSection } from "./accounts-section";
import { useAsking, type AskAbout } from "./asking";
import { FormerAccounts } from "./former-accounts";
import { Problems } from "./problem";
import { RequestsSection } from "./requests-section";
import { ScheduleSection } from "./schedule-section";
import { SourceActions } from "./source-actions";
import { SourceFacts } from "./source-facts";
import { isAskedOverNetwork, nextSync, sourceStatus } from "./source-view";
import { UnderWay } from "./under-way";
import { useSources } from "./use-sources";

function Skeleton() {
  return (
    <Loading what="the source">
      <Bone className="h-9 w-64" />
      <Bone className="mt-8 h-32" />
      <Bone className="mt-8 h-56" />
    </Loading>
  );
}

function RecentRuns({ name, mark }: { name: string; mark: string }) {
  const api = useApi();
  const { data, error, reload } = useResource(`runs ${mark}`, (signal) =>
    api.runs({ integration: name, limit: 5 }, signal),
  );
  return (
    <Section
      title="Recent syncs"
      actions={
        <Link className="text-link text-sm" href={`/runs?integration=${encodeURIComponent(name)}`}>
          All syncs of {name}
        </Link>
      }
    >
      {error === undefined ? null : (
        <Failure title="The syncs could not be loaded" error={error} retry={reload} />
      )}
      {data === undefined ? null : data.runs.length === 0 ? (
        <p className="text-muted">None yet.</p>
      ) : (
        <RunsTable runs={data.runs} />
      )}
    </Section>
  );
}

function EndSection({ ask }: { ask: AskAbout }) {
  return (
    <Section title="Remove or disconnect">
      <div className="flex flex-wrap gap-2">
        <Button look="danger" icon="trash" onClick={() => ask("purge")}>
          Remove synced data…
        </Button>
        <Button look="danger" onClick={() => ask("disconnect")}>
          Disconnect…
        </Button>
      </div>
    </Section>
  );
}

function Connected({ source, rest }: { source: Source; rest: ReturnType<typeof useSources> }) {
  const { reload, schedules, reloadSchedules } = rest;
  const { ask, dialog } = useAsking([source], reload);
  const name = source.integration;
  const mine: AskAbout = (what, account) => ask({ what, integration: name, account });
  const mark = source.runs.map((run) => run.id + run.state).join();
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <SourceFacts source={source} next={nextSync(schedules, name)} />
        <SourceActions source={source} ask={mine} reload={reload} menu={false} />
      </div>
      <UnderWay source={source} className="rounded-lg border border-line bg-surface p-4" />
      <Problems source={source} reload={reload} most={3} />
      <AccountsSection source={source} ask={ask} reload={reload} />
      <FormerAccounts source={source} ask={mine} />
      <ScheduleSection source={source} schedules={schedules} reload={reloadSchedules} />
      <RecentRuns name={name} mark={mark} />
      {isAskedOverNetwork(source) ? <RequestsSection name={name} mark={mark} /> : null}
      <EndSection ask={mine} />
      {dialog}
    </div>
  );
}

function NotConnected({ source, reload }: { source: Source; reload: () => void }) {
  const { ask, dialog } = useAsking([source], reload);
  const mine: AskAbout = (what, account) => ask({ what, integration: source.integration, account });
  return (
    <div className="space-y-4">
      <Empty title={`${source.integration} is not connected`}>
        {source.description === undefined ? null : (
          <div className="mx-auto max-w-prose text-start text-wrap">
            <Markdown text={source.description} />
          </div>
        )}
        <Button look="primary" icon="plug" onClick={() => mine("connect")}>
          Connect {source.integration}
        </Button>
        {source.artifacts > 0 ? (
          <div className="space-y-3 border-t border-line pt-3">
            <p>{count(source.artifacts, "artifact")} of earlier syncs can still be searched and read.</p>
            <Button look="danger" icon="trash" onClick={() => mine("purge")}>
              Remove synced data…
            </Button>
          </div>
        ) : null}
      </Empty>
      {source.formerAccounts.length > 1 ? <FormerAccounts source={source} ask={mine} /> : null}
      {dialog}
    </div>
  );
}

function StatusPill({ source }: { source: Source }) {
  const { tone, icon, text } = sourceStatus(source);
  return (
    <Pill tone={tone} icon={icon}>
      {text}
    </Pill>
  );
}

/** One source: accounts, schedule, recent syncs. */
export function SourcePage({ name }: { name: string }) {
  const all = useSources();
  const { sources, error, reload } = all;
  const source = sources?.find(({ integration }) => integration.toLowerCase() === name.toLowerCase());
  const title = source?.integration ?? name.slice(0, 80);
  return (
    <>
      <p className="mb-3 text-sm print:hidden">
        <Link className="text-link inline-flex min-h-6 items-center gap-1" href="/sources">
          <Icon name="back" className="size-3.5" /> Sources
        </Link>
      </p>
      <Page title={title} lead={source === undefined ? undefined : <StatusPill source={source} />}>
        {error === undefined ? null : (
          <div className="mb-6">
            <Failure title="The source could not be loaded" error={error} retry={reload} />
          </div>
        )}
        {sources === undefined && error === undefined ? <Skeleton /> : null}
        {sources !== undefined && source === undefined ? (
          <Empty title="There is no such source">
            <p>Check the address, or choose from the list of sources.</p>
          </Empty>
        ) : null}
        {source?.status === "not_connected" ? <NotConnected source={source} reload={reload} /> : null}
        {source === undefined || source.status === "not_connected" ? null : (
          <Connected source={source} rest={all} />
        )}
      </Page>
    </>
  );
}
