/** The process that is killed at a named failpoint: syncs the provider at `url`, and dies where it is told to. */
import { openApp } from "@/index";
import { createSyncRunner } from "@/core/services/sync/runner";
import { createFake } from "@test/provider-integration";

const [url = "", mode = "full", failpoint = "", hits = "1"] = process.argv.slice(2);
const fake = createFake(url);
const app = await openApp({ integrations: [fake], configs: [fake.config] });
let left = Number(hits);
const runner = createSyncRunner({
  ...app,
  failpoint: (name) => {
    if (name === failpoint && --left === 0) process.kill(process.pid, "SIGKILL");
  },
});
await runner.recover();
const runs = await runner.start({
  integration: "Fake",
  mode: mode === "full" ? "full" : "incremental",
  trigger: "cli",
});
for (const { runId } of runs) process.stdout.write(`${(await runner.wait(runId)).state}\n`);
await runner.shutdown();
await app.close();
