/** Letters of twice the size, as the browser's own setting and as a style of the page's root: nothing is lost. */
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { startStandIn, type StandIn } from "./stand-in";
import { views } from "./views";
import { overflow, picture, watchErrors } from "./watch";

setDefaultTimeout(120_000);
let browser: Browser;
let server: StandIn;

beforeAll(async () => {
  [browser, server] = await Promise.all([
    launchBrowser(["--blink-settings=defaultFontSize=32"]),
    startStandIn("filled"),
  ]);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

/** Boxes that are made to scroll sideways, of those that are not made for it. */
async function sidewaysBoxes(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll(".virtual-box, .preview, .preview > div")]
      .filter((box) => box.scrollWidth > box.clientWidth + 1)
      .map((box) => `${box.className} is ${box.scrollWidth - box.clientWidth} px too wide`),
  );
}

/** What can be pressed and stands beyond the edge of a box that cuts it off and does not scroll. */
async function cutControls(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const isBeyond = (right: number, box: Element | null): boolean => {
      const how = box === null ? "auto" : getComputedStyle(box).overflowX;
      if (box === null || how === "auto" || how === "scroll") return false;
      if (how !== "visible" && right > box.getBoundingClientRect().right + 1) return true;
      return isBeyond(right, box.parentElement);
    };
    const isCut = (control: Element) => {
      const { right, width } = control.getBoundingClientRect();
      return width > 0 && isBeyond(right, control.parentElement);
    };
    return [...document.querySelectorAll("main :is(button, select, textarea, label, input:not(.sr-only))")]
      .filter(isCut)
      .map((control) => `${control.getAttribute("aria-label") ?? control.textContent} is cut off`);
  });
}

/** Lines of the first rows that are cut off by their row, and titles that have no room left. */
async function cutRows(page: Page): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll(".virtual-box tbody tr")].slice(0, 5).flatMap((row) => {
      const title = row.querySelector("a")?.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      if (title === undefined) return [];
      const isCut = title.top < top || title.bottom > bottom;
      return [
        ...(isCut ? ["a title is cut off"] : []),
        ...(title.width < 100 ? ["a title has no room"] : []),
      ];
    }),
  );
}

for (const width of [1280, 640, 320]) {
  test(`with the browser set to letters of twice the size, no view scrolls sideways at ${width} px`, async () => {
    await using context = await browser.newContext({ viewport: { width, height: 800 } });
    const page = await context.newPage();
    const errors = watchErrors(page);
    const faults: string[] = [];
    for (const { name, path, filled } of views) {
      await page.goto(server.url + path);
      await page.getByText(filled).first().waitFor({ state: "attached" });
      const wide = await overflow(page);
      if (wide > 0) faults.push(`${name} scrolls sideways by ${wide} px`);
      faults.push(
        ...[...(await sidewaysBoxes(page)), ...(await cutRows(page)), ...(await cutControls(page))].map(
          (one) => `${name}: ${one}`,
        ),
      );
      await picture(page, `large-text-${name}-${width}`);
    }
    expect(faults).toEqual([]);
    expect(errors).toEqual([]);
  });
}

test("with the page's own root at 200 %, a preview stands beside its list only where both fit", async () => {
  await using plain = await launchBrowser();
  const page = await plain.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(() => {
    addEventListener("DOMContentLoaded", () => (document.documentElement.style.fontSize = "200%"));
  });
  await page.goto(`${server.url}/artifacts?open=art-1`);
  const preview = page.getByRole("complementary", { name: "Preview" });
  for (const [width, state] of [
    [1280, "detached"],
    [2560, "visible"],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.getByText("Handbook page 1", { exact: true }).first().waitFor();
    await preview.waitFor({ state });
    expect(await overflow(page)).toBe(0);
    expect(await sidewaysBoxes(page)).toEqual([]);
    expect(await cutRows(page)).toEqual([]);
    await picture(page, `large-root-artifacts-${width}`);
  }
});
