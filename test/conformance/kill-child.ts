/** The process that is killed: syncs one registered integration, and dies after its nth committed page. */
import { createHttpShared } from "@/core/services/http/shared";
import { createSyncRunner } from "@/core/services/sync/runner";
import { openApp } from "@/index";
import { fastClock } from "@test/fast-clock";

const [name = "", , pages = "1", mode = "full"] = process.argv.slice(2);
const app = await openApp({ http: createHttpShared({ clock: fastClock() }) });
let left = Number(pages);
const runner = createSyncRunner({
  ...app,
  failpoint: (point) => {
    if (point === "page committed" && --left === 0) process.kill(process.pid, "SIGKILL");
  },
});
await runner.recover();
const runs = await runner.start({
  integration: name,
  mode: mode === "incremental" ? mode : "full",
  trigger: "cli",
});
for (const { runId } of runs) await runner.wait(runId);
await runner.shutdown();
await app.close();
