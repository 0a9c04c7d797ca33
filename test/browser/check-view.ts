/** Looks at one view in one state, in both themes and at two widths, for everything that must not be. */
import { expect } from "bun:test";
import PQueue from "p-queue";
import type { Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { startStandIn, type Mood } from "./stand-in";
import { axeFaults, brokenParts, overflow, picture, watchErrors } from "./watch";
import type { views } from "./views";

const looks = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
] as const;

/** Adds up what moves by itself, from the first paint on. */
const watchShifts = `
  globalThis.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
`;

async function checkLooks(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { scheme, width } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const look = `${name}-${scheme}-${width}`;
    const wide = await overflow(page);
    if (wide > 0) faults.push(`${look} scrolls sideways by ${wide} px`);
    faults.push(...(await brokenParts(page)).map((part) => `${look} ${part}`));
    await picture(page, look);
    const found = await axeFaults(page, scheme === "dark" ? "colours" : "everything");
    faults.push(...found.map((fault) => `${look} ${fault}`));
  }
  // Reflow at the narrowest and the widest costs next to nothing to look at.
  for (const width of [320, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    const wide = await overflow(page);
    if (wide > 0) faults.push(`${name}-${width} scrolls sideways by ${wide} px`);
    faults.push(...(await brokenParts(page)).map((part) => `${name}-${width} ${part}`));
  }
  return faults;
}

export interface ViewChecker extends AsyncDisposable {
  /** Fails when axe finds a fault, an error is logged, the page scrolls sideways, or something moved by itself. */
  check: (view: (typeof views)[number], mood: Mood) => Promise<void>;
}

/** Starts a browser and a stand-in for each mood. Pages are used again, two at once: more only wait for each other. */
export async function startViewChecker(moods: readonly Mood[]): Promise<ViewChecker> {
  const [browser, ...servers] = await Promise.all([
    launchBrowser(),
    ...moods.map((mood) => startStandIn(mood)),
  ]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  await context.addInitScript(watchShifts);
  const idle: Page[] = [];
  const queue = new PQueue({ concurrency: 2 });
  const check: ViewChecker["check"] = async (view, mood) => {
    const page = idle.pop() ?? (await context.newPage());
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    const errors = watchErrors(page);
    await page.goto(`${servers[moods.indexOf(mood)]?.url}${view.path}`);
    await page.getByText(view[mood]).first().waitFor({ state: "attached" });
    expect(await page.evaluate(() => Number(Reflect.get(globalThis, "shifts")))).toBeLessThanOrEqual(0.05);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await checkLooks(page, `${view.name}-${mood}`)).toEqual([]);
    // A failed answer is logged by the browser itself; anything else is ours.
    expect(errors.filter((text) => mood !== "error" || !text.includes("Failed to load resource"))).toEqual(
      [],
    );
    page.removeAllListeners();
    idle.push(page);
  };
  const end = async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.stop()));
  };
  return { check: (view, mood) => queue.add(() => check(view, mood)), [Symbol.asyncDispose]: end };
}
