/** The watch itself: a page with planted faults must not pass. */
import { expect, test } from "bun:test";
import { launchBrowser } from "@test/browser";
import { axeFaults, overflow, watchErrors } from "./watch";

test("planted faults are found", async () => {
  await using browser = await launchBrowser();
  const page = await browser.newPage({ viewport: { width: 320, height: 600 } });
  const errors = watchErrors(page);
  await page.setContent(`<!doctype html><html lang="en"><title>Faults</title><main>
    <p style="color:#ccc;background:#fff">too pale</p><img src="data:,">
    <div style="width:500px">wide</div><script>console.error("planted"); nowhere();</script></main>`);
  const faults = (await axeFaults(page)).map((fault) => fault.split(":")[0]);
  expect(faults.toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
    "color-contrast",
    "image-alt",
  ]);
  expect(await overflow(page)).toBeGreaterThan(100);
  expect(errors).toEqual(["planted", "nowhere is not defined"]);
});
