import { expect, test } from "bun:test";
import { presetCron } from "@/core/services/schedule/presets";
import { presets, wordsOfCron } from "./schedule-presets";

test("every time that is offered is understood by the server, and known again when it comes back", () => {
  for (const { cron } of presets) {
    const fields = presetCron(cron);
    expect(fields).toBeString();
    expect(wordsOfCron(String(fields))).toBe(cron);
  }
  expect(wordsOfCron("5 4 * * 2")).toBe("5 4 * * 2");
});
