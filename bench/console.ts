/**
 * The web page in a real Chromium, against canned answers: how soon each view is ready on a first visit, and how
 * smoothly a table of 100,000 artifacts and a run of 10,000 tasks scroll: the time between frames, which other processes
 * lengthen, and the processor time that each frame cost the page, which they hardly do.
 *
 *   bun bench/console.ts
 */
import { loadavg } from "node:os";
import type { Page } from "playwright-core";
import { launchBrowser } from "@test/browser";
import { z } from "zod";
import { startStandIn } from "../test/browser/stand-in";
import { frameCosts } from "./frame-cost";
import { percentile } from "./server-process";

const VISITS = 5;
const SCROLL_MS = 4_000;
/** Pixels a frame: a quick turn of a wheel (6,000 pixels a second), and a drag of the bar where each frame has new rows. */
const STEPS = [100, 1_000] as const;
const FRAME_MS = 1_000 / 60;

const views = [
  "/",
  "/sources",
  "/sources/Files",
  "/runs",
  "/runs/run-3",
  "/artifacts",
  "/artifact/art-1",
  "/search?q=price",
  "/agents",
  "/settings",
];

/** Notes when the heading is there and no skeleton is left, and every task that holds the page for 50 ms or more. */
const watch = `
  globalThis.held = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) globalThis.held += entry.duration - 50;
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    if (document.querySelector("h1") !== null && document.querySelector(".bone") === null) {
      requestAnimationFrame(() => setTimeout(() => (globalThis.readyAt = performance.now())));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
`;

/** Scrolls a box down frame by frame, and back up from its end; resolves with the time between frames. */
const scroll = (name: string, pixels: number) => `new Promise((resolve) => {
  const box = document.querySelector('[aria-label="${name}"].virtual-box');
  const frames = [];
  let last = performance.now();
  const start = last;
  let step = ${pixels};
  let blank = 0;
  const next = (now) => {
    frames.push(now - last);
    last = now;
    const { left, top, width, height } = box.getBoundingClientRect();
    if (document.elementFromPoint(left + width / 3, top + height / 2)?.closest("tr") === null) blank++;
    if (now - start > ${SCROLL_MS}) return resolve({ frames: frames.slice(1), blank, top: box.scrollTop });
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) step = -Math.abs(step);
    box.scrollTop += step;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
})`;

const readySchema = z.object({ ready: z.number(), held: z.number() });
const scrolledSchema = z.object({ frames: z.array(z.number()), blank: z.number(), top: z.number() });

const load = () => `load ${loadavg()[0]?.toFixed(1)}`;

async function visits(path: string): Promise<void> {
  const times: number[] = [];
  const held: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    // A context of its own has neither files nor compiled code cached.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(watch);
    await page.goto(server.url + path);
    await page.waitForFunction(() => Reflect.has(globalThis, "readyAt"));
    const found = readySchema.parse(await page.evaluate("({ ready: readyAt, held })"));
    times.push(found.ready);
    held.push(found.held);
    await context.close();
  }
  const worst = Math.max(...times).toFixed(0);
  console.log(
    `ready ${path.padEnd(20)} p50 ${percentile(times, 50)} ms, worst ${worst} ms, held up ${percentile(held, 50)} ms, ${load()}`,
  );
}

async function scrolled(page: Page, name: string, pixels: number): Promise<void> {
  let found: unknown;
  const costs = await frameCosts(page, async () => {
    found = await page.evaluate(scroll(name, pixels));
  });
  const { frames, blank, top } = scrolledSchema.parse(found);
  const dropped = frames.reduce((sum, time) => sum + Math.max(0, Math.round(time / FRAME_MS) - 1), 0);
  const share = ((dropped / (dropped + frames.length)) * 100).toFixed(1);
  const times = [50, 95].map((place) => `p${place} ${percentile(frames, place)} ms`).join(", ");
  console.log(
    `scroll ${name} by ${pixels} px: ${frames.length} frames, ${times}, worst ${Math.max(...frames).toFixed(0)} ms, ` +
      `processor time a frame ${[50, 95].map((place) => `p${place} ${percentile(costs, place)} ms`).join(", ")}, ` +
      `${dropped} dropped (${share} %), ${blank} without a row in sight, at ${Math.round(top)} px, ${load()}`,
  );
}

const server = await startStandIn("filled");
const browser = await launchBrowser();
if (!process.argv.includes("--scroll")) for (const path of views) await visits(path);
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`${server.url}/artifacts`);
await page.getByText("100,000 artifacts").waitFor();
for (const pixels of STEPS) await scrolled(page, "Artifacts", pixels);
await page.goto(`${server.url}/runs/run-3`);
await page.getByRole("tab", { name: "Tasks" }).click();
await page.getByText("10,000 tasks").waitFor();
for (const pixels of STEPS) await scrolled(page, "Tasks of this sync", pixels);
await browser.close();
await server.stop();
