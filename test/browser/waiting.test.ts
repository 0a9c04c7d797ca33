/** A sync that its provider lets wait: told in plain words, and when it goes on. */
import { expect, setDefaultTimeout, test } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import { run, sources } from "./fixtures";
import { setStage } from "./stage";

setDefaultTimeout(120_000);

test("a sync that waits for its provider goes on by itself in a moment, and says so", async () => {
  await using stage = await setStage();
  const [files, ...rest] = sources;
  if (files === undefined) throw new Error("The fixtures have no source.");
  const running = run({ id: "run-w", state: "running", stage: "sync-data", finishedAt: null });
  const show = (shown: SyncRun, status: typeof files.status) => {
    stage.server.answers["/api/integrations"] = () => ({
      integrations: [{ ...files, status, runs: [shown] }, ...rest],
    });
  };
  const parked = () =>
    run({
      ...running,
      state: "parked",
      stage: "parked",
      parkedUntil: new Date(Date.now() + 20_000).toISOString(),
      error: "Files asks to be asked less often.",
    });
  show(running, "syncing");
  await using opened = await stage.open("/sources/Files");
  const { page, errors } = opened;
  const state = (text: string) => page.locator(".pill").filter({ hasText: text }).first().waitFor();
  const toasts = page.getByRole("list", { name: "Messages" }).getByRole("listitem");
  await state("Syncing");

  show(parked(), "parked");
  await state("Waiting");
  const told = "Files: waiting, and goes on by itself. Files asks to be asked less often.";
  await toasts.filter({ hasText: told }).waitFor();
  await page.getByText("It goes on in a moment.").waitFor();
  expect(errors).toEqual([]);
});
