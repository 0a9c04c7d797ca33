import { useKeptFocus } from "@/client/ui/kept-focus";
import { navigate, sourcePath } from "@/client/router";
import { Button } from "@/client/ui/button";
import { ActionMenu } from "@/client/ui/menu";
import type { Source } from "@/core/models/api";
import type { AskAbout } from "./asking";
import { useSync } from "./use-sync";

interface Props {
  source: Source;
  ask: AskAbout;
  reload: () => void;
  /** False where the page shows the rest by itself. */
  menu?: boolean;
}

type Sync = ReturnType<typeof useSync>;

/** What a source needs most: steering while it syncs, a new key where that is missing, a sync otherwise. */
function UsualAction({ source, ask, menu, sync }: Pick<Props, "source" | "ask" | "menu"> & { sync: Sync }) {
  const name = source.integration;
  const { busy, start, cancel, pause } = sync;
  if (source.status === "syncing") {
    return (
      <>
        <Button icon="close" aria-label={`Cancel sync: ${name}`} disabled={busy} onClick={cancel}>
          Cancel
        </Button>
        <Button icon="pause" aria-label={`Pause sync: ${name}`} disabled={busy} onClick={pause}>
          Pause
        </Button>
      </>
    );
  }
  const refused = source.accounts.filter((account) => account.status === "needs_reconnect");
  const reconnect = source.status === "needs_reconnect" && refused.length > 0;
  return (
    <>
      {reconnect ? (
        <Button
          look="primary"
          icon="plug"
          aria-label={`Reconnect: ${name}`}
          onClick={() => ask("connect", refused[0]?.account)}
        >
          Reconnect
        </Button>
      ) : null}
      {reconnect && refused.length === source.accounts.length ? null : (
        <Button
          look={menu || reconnect ? "plain" : "primary"}
          icon="sync"
          aria-label={`Sync now: ${name}`}
          disabled={busy}
          onClick={() => start("incremental")}
        >
          Sync now
        </Button>
      )}
    </>
  );
}

/** What can be done with a connected source: the usual thing as a button, the rest in a menu. */
export function SourceActions({ source, ask, reload, menu = true }: Props) {
  const sync = useSync(source, reload);
  const { busy, start } = sync;
  const running = source.status === "syncing";
  const name = source.integration;
  const held = running ? "A sync is under way: cancel it first." : undefined;
  const rest = [
    { text: "Full sync", icon: "sync" as const, off: held, run: () => start("full") },
    { text: "Add an account", icon: "plug" as const, run: () => ask("connect") },
    { text: "Details and schedule", icon: "clock" as const, run: () => navigate(sourcePath(name)) },
    { text: "Remove synced data…", icon: "trash" as const, danger: true, off: held, run: () => ask("purge") },
    { text: "Disconnect…", icon: "close" as const, danger: true, run: () => ask("disconnect") },
  ];
  const kept = useKeptFocus<HTMLFieldSetElement>();
  return (
    <fieldset
      {...kept}
      aria-label={`Actions for ${name}`}
      tabIndex={-1}
      className="flex min-w-0 flex-wrap items-center gap-2"
    >
      <UsualAction source={source} ask={ask} menu={menu} sync={sync} />
      {menu ? <ActionMenu label={`More for ${name}`} entries={rest} /> : null}
      {menu || running ? null : (
        <Button aria-label={`Full sync: ${name}`} disabled={busy} onClick={() => start("full")}>
          Full sync
        </Button>
      )}
    </fieldset>
  );
}
