import { useApi, type Api } from "@/client/api";
import { useAction } from "@/client/data/use-action";
import { saveFile } from "@/client/ui/save-file";
import { Button } from "@/client/ui/button";
import type { SyncRun, SyncTask } from "@/core/models/sync";

const page = 500;
/** More than this is for the API. */
const most = 20_000;

async function allTasks(api: Api, runId: string): Promise<SyncTask[]> {
  const tasks: SyncTask[] = [];
  for (;;) {
    const { syncTasks, total } = await api.runTasks(runId, { offset: tasks.length, limit: page });
    tasks.push(...syncTasks);
    if (syncTasks.length === 0 || tasks.length >= Math.min(total, most)) return tasks;
  }
}

/** Saves a sync with all of its tasks as a JSON file. */
export function ExportButton({ run }: { run: SyncRun }) {
  const api = useApi();
  const { busy, act } = useAction();
  const save = () =>
    void act(
      async () => {
        const text = JSON.stringify({ run, tasks: await allTasks(api, run.id) }, null, 2);
        saveFile(`sync-${run.id.slice(0, 8)}.json`, "application/json", text);
      },
      { done: "The sync is saved as a file.", failed: "The file could not be made." },
    );
  return (
    <Button icon="down" disabled={busy} onClick={save}>
      {busy ? "Collecting…" : "Export"}
    </Button>
  );
}
