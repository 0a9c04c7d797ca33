/** Every view in every state, both themes and two widths: no fault that axe finds, no error, no sideways scroll, no jump. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import PQueue from "p-queue";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { startStandIn, type Mood, type StandIn } from "./stand-in";
import { axeFaults, overflow, picture, watchErrors } from "./watch";

/** Each view with the words that show that it has reached a state. */
const views = [
  {
    name: "overview",
    path: "/",
    filled: "Most mentioned",
    empty: "Look around first",
    error: "The overview could not be loaded",
    loading: "Loading the overview…",
  },
  {
    name: "sources",
    path: "/sources",
    filled: "1,204 artifacts",
    empty: "Nothing is connected yet",
    error: "The sources could not be loaded",
    loading: "Loading sources…",
  },
  {
    name: "source",
    path: "/sources/Files",
    filled: "Next five runs",
    empty: "Files is not connected",
    error: "The source could not be loaded",
    loading: "Loading the source…",
  },
  {
    name: "runs",
    path: "/runs",
    filled: "is protected by a password",
    empty: "Nothing has been synced yet",
    error: "The runs could not be loaded",
    loading: "Loading runs…",
  },
  {
    name: "run",
    path: "/runs/run-3",
    filled: "Try all of Linear again",
    empty: "No step has been recorded",
    error: "The sync could not be loaded",
    loading: "Loading the sync…",
  },
  {
    name: "artifacts",
    path: "/artifacts",
    filled: "100,000 artifacts",
    empty: "There are no artifacts yet",
    error: "The artifacts could not be loaded",
    loading: "Loading artifacts…",
  },
  {
    name: "artifact",
    path: "/artifact/art-1",
    filled: "Who decided",
    empty: "This artifact has no text",
    error: "The artifact could not be loaded",
    loading: "Loading the artifact…",
  },
  {
    name: "search",
    path: "/search?q=price",
    filled: "4 results",
    empty: "Nothing for “price”",
    error: "The search did not work",
    loading: "Loading results…",
  },
  {
    name: "agents",
    path: "/agents",
    filled: "Finds the artifacts that best",
    empty: "No agent has called a tool yet",
    error: "The tools could not be listed",
    loading: "Loading tools…",
  },
  {
    name: "settings",
    path: "/settings",
    filled: "/srv/stoneturner/stoneturner.db",
    empty: "No artifacts yet",
    error: "The settings could not be loaded",
    loading: "Loading settings…",
  },
  {
    name: "access",
    path: "/settings/access",
    filled: "Ann’s agent",
    empty: "There are no tokens.",
    error: "The tokens could not be loaded",
    loading: "Loading tokens…",
  },
  {
    name: "health",
    path: "/settings/health",
    filled: "before-migration",
    empty: "None yet. Make one",
    error: "The backups could not be loaded",
    loading: "Loading backups…",
  },
  {
    name: "audit",
    path: "/settings/audit",
    filled: "10.0.0.9",
    empty: "Nothing is written down yet",
    error: "The audit log could not be loaded",
    loading: "Loading the audit log…",
  },
] as const;

const looks = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
] as const;

/** Tests wait for each other in the queue, and that counts. */
setDefaultTimeout(300_000);
/** Pages at once; more only wait for each other. */
const queue = new PQueue({ concurrency: 3 });
let browser: Browser;
const servers = new Map<Mood, StandIn>();

beforeAll(async () => {
  browser = await launchBrowser();
  for (const mood of ["filled", "empty", "error", "loading"] as const) {
    servers.set(mood, await startStandIn(mood));
  }
});
afterAll(async () => {
  await browser.close();
  await Promise.all([...servers.values()].map((server) => server.stop()));
});

async function checkLooks(page: Page, name: string): Promise<string[]> {
  const faults: string[] = [];
  for (const { scheme, width } of looks) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const look = `${name}-${scheme}-${width}`;
    const wide = await overflow(page);
    if (wide > 0) faults.push(`${look} scrolls sideways by ${wide} px`);
    if (name.endsWith("filled") || look.endsWith("light-1280")) await picture(page, look);
    faults.push(
      ...(await axeFaults(page, scheme === "dark" ? "colours" : "everything")).map(
        (fault) => `${look} ${fault}`,
      ),
    );
  }
  return faults;
}

/** Adds up what moves by itself, from the first paint on. */
const watchShifts = `
  globalThis.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
`;

for (const view of views) {
  describe(`the ${view.name} view`, () => {
    for (const mood of ["filled", "empty", "error", "loading"] as const) {
      test.concurrent(`is sound when ${mood}`, () =>
        queue.add(async () => {
          const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
          await page.addInitScript(watchShifts);
          const errors = watchErrors(page);
          await page.goto(`${servers.get(mood)?.url}${view.path}`);
          await page.getByText(view[mood]).first().waitFor({ state: "attached" });
          expect(await page.evaluate(() => Number(Reflect.get(globalThis, "shifts")))).toBeLessThanOrEqual(
            0.05,
          );
          expect(await page.locator("h1").count()).toBe(1);
          expect(await checkLooks(page, `${view.name}-${mood}`)).toEqual([]);
          // A failed answer is logged by the browser itself; anything else is ours.
          expect(
            errors.filter((text) => mood !== "error" || !text.includes("Failed to load resource")),
          ).toEqual([]);
          await page.close();
        }),
      );
    }
  });
}
