import { useId } from "react";
import { Link, sourcePath } from "@/client/router";
import { count } from "@/client/runs/words";
import { Button } from "@/client/ui/button";
import { Pill } from "@/client/ui/pill";
import type { Source } from "@/core/models/api";
import { troubleWords } from "./account-view";
import type { AskAbout } from "./asking";
import { MoreInTrouble } from "./more-in-trouble";
import { Problems } from "./problem";
import { SourceActions } from "./source-actions";
import { SourceFacts } from "./source-facts";
import { brokenAccounts, connectionKind, firstSentence, isInUse, sourceStatus } from "./source-view";
import { UnderWay } from "./under-way";

const frame = "flex h-full flex-col gap-3 rounded-lg border border-line bg-surface p-4 shadow-card";

function Title({ source, id, level: Heading = "h3" }: { source: Source; id: string; level?: "h3" | "h4" }) {
  const status = sourceStatus(source);
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-1">
      <img src={source.icon} alt="" width="28" height="28" className="size-7 shrink-0" />
      <Heading id={id} className="min-w-0 flex-1 basis-24 pt-0.5 font-semibold">
        {isInUse(source) ? (
          <Link className="hover:underline" href={sourcePath(source.integration)}>
            {source.integration}
          </Link>
        ) : (
          source.integration
        )}
      </Heading>
      {source.status === "not_connected" ? (
        <span className="pt-0.5 text-xs text-muted">{connectionKind(source)}</span>
      ) : (
        <Pill tone={status.tone} icon={status.icon}>
          {status.text}
        </Pill>
      )}
    </div>
  );
}

/** A source that can be connected. */
export function AvailableCard({
  source,
  level,
  connect,
}: {
  source: Source;
  /** Of its heading, below that of its group. */
  level: "h3" | "h4";
  connect: () => void;
}) {
  const heading = useId();
  return (
    <li className="min-w-0">
      <article aria-labelledby={heading} className={frame}>
        <Title source={source} id={heading} level={level} />
        <p className="line-clamp-3 text-sm text-muted">{firstSentence(source.description)}</p>
        {source.artifacts > 0 ? (
          <p className="text-sm">
            {count(source.artifacts, "artifact")} of earlier syncs can still be searched.
          </p>
        ) : null}
        <div className="mt-auto">
          <Button icon="plug" aria-label={`Connect ${source.integration}`} onClick={connect}>
            Connect
          </Button>
        </div>
      </article>
    </li>
  );
}

/** Accounts that do not work are told of on a card as far as this. */
const mostBroken = 2;

/** What is under way, and what is the matter. */
function CardNews({ source, reload }: { source: Source; reload: () => void }) {
  const broken = brokenAccounts(source);
  return (
    <>
      <UnderWay source={source} />
      {broken.slice(0, mostBroken).map((account) => (
        <div key={account.id} className="rounded-md bg-bad-soft px-3 py-2">
          <p dir="auto" className="line-clamp-4 text-sm text-bad">
            {account.account}: {troubleWords(account)}
          </p>
        </div>
      ))}
      <MoreInTrouble source={source} more={broken.length - mostBroken} />
      {broken.length > 0 ? null : <Problems source={source} reload={reload} most={1} />}
    </>
  );
}

/** A connected source: how it stands, and what can be done with it. */
export function ConnectedCard({
  source,
  next,
  ask,
  reload,
  folded,
}: {
  source: Source;
  next: string | undefined;
  /** Only its name, how it stands and what can be done. */
  folded: boolean;
  ask: AskAbout;
  reload: () => void;
}) {
  const heading = useId();
  return (
    <li className="min-w-0">
      <article aria-labelledby={heading} className={frame}>
        <Title source={source} id={heading} />
        {folded ? null : <SourceFacts source={source} next={next} />}
        {folded ? null : <CardNews source={source} reload={reload} />}
        <div className="mt-auto pt-1">
          <SourceActions source={source} ask={ask} reload={reload} />
        </div>
      </article>
    </li>
  );
}
