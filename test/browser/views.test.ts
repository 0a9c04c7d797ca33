/** Every view in every state, both themes and three widths: no fault that axe finds, no error, no sideways scroll. */
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import PQueue from "p-queue";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { startStandIn, type Mood, type StandIn } from "./stand-in";
import { axeFaults, overflow, picture, watchErrors } from "./watch";

const views = [
  { name: "sources", path: "/", title: "Sources" },
  { name: "search", path: "/search?q=price", title: "price · Search" },
  { name: "artifact", path: "/artifact/art-1", title: "Artifact" },
  { name: "runs", path: "/runs", title: "Runs" },
] as const;

/** Words that show that a view has reached a state. */
const landmarks: Record<(typeof views)[number]["name"], Record<Mood, string>> = {
  sources: {
    filled: "1,204 artifacts",
    empty: "Nothing is connected yet",
    error: "The sources could not be loaded",
    loading: "Loading sources…",
  },
  search: {
    filled: "4 results",
    empty: "Nothing for “price”",
    error: "The search did not work",
    loading: "Loading results…",
  },
  artifact: {
    filled: "Who decided",
    empty: "This artifact has no text",
    error: "The artifact could not be loaded",
    loading: "Loading the artifact…",
  },
  runs: {
    filled: "What failed lately",
    empty: "Nothing has been synced yet",
    error: "The runs could not be loaded",
    loading: "Loading runs…",
  },
};

const looks = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
  { scheme: "light", width: 320 },
] as const;

setDefaultTimeout(60_000);
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
    faults.push(...(await axeFaults(page)).map((fault) => `${look} ${fault}`));
  }
  return faults;
}

for (const view of views) {
  describe(`the ${view.name} view`, () => {
    for (const mood of ["filled", "empty", "error", "loading"] as const) {
      test.concurrent(`is sound when ${mood}`, () =>
        queue.add(async () => {
          const page = await browser.newPage();
          const errors = watchErrors(page);
          await page.goto(`${servers.get(mood)?.url}${view.path}`);
          await page.getByText(landmarks[view.name][mood]).first().waitFor({ state: "attached" });
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
