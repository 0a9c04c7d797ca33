/** The process that `kill.test.ts` kills: picks up what was left, then syncs one folder to its end. */
import { openApp } from "@/index";

const folder = process.argv[2] ?? "";
const app = await openApp();
const files = app.registry.find("Files");
if ((await app.credentials.list("Files")).length === 0) {
  await app.credentials.save(files, { integration: "Files", options: { path: folder } });
}
process.stdout.write("working\n");
await app.runner.recover();
// What was picked up may have been listed before the last changes: one more sync sees them all.
for (let round = 0; round < 2; round++) {
  const started = await app.runner.start({ integration: "Files", mode: "incremental", trigger: "cli" });
  for (const { runId } of started) {
    const run = await app.runner.wait(runId);
    if (run.state !== "succeeded") throw new Error(`The sync ended as ${run.state}: ${run.error}`);
  }
  if (started.every((run) => !run.alreadyRunning)) break;
}
await app.close();
