/** What the tests of one file share: one browser, one context and one stand-in; a page for each test. */
import type { Browser, BrowserContext, Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { startStandIn, type StandIn } from "./stand-in";
import { watchErrors } from "./watch";

export interface Opened extends AsyncDisposable {
  page: Page;
  /** Console errors and thrown errors so far. */
  errors: string[];
}

export interface Stage extends AsyncDisposable {
  browser: Browser;
  context: BrowserContext;
  server: StandIn;
  /** Opens a path of the stand-in, once its heading is there. What the page remembers goes when it is closed. */
  open: (path: string, size?: { width: number; height?: number }) => Promise<Opened>;
  /** Back to the canned answers, with nothing asked yet. */
  reset: () => void;
}

/** Starts all three. A context is dear and holds nothing that one test could leave to the next. */
export async function setStage(): Promise<Stage> {
  const [browser, server] = await Promise.all([launchBrowser(), startStandIn("filled")]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const open: Stage["open"] = async (path, size) => {
    const page = await context.newPage();
    if (size !== undefined) await page.setViewportSize({ width: size.width, height: size.height ?? 800 });
    const errors = watchErrors(page);
    await page.goto(`${server.url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const close = async () => {
      await page.evaluate(() => localStorage.clear());
      await page.close();
    };
    return { page, errors, [Symbol.asyncDispose]: close };
  };
  const reset = () => {
    server.mood = "filled";
    server.answers = {};
    server.asked.length = 0;
  };
  const end = async () => {
    await browser.close();
    await server.stop();
  };
  return { browser, context, server, open, reset, [Symbol.asyncDispose]: end };
}
