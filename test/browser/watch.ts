/** What a page must not do: console errors, scripts that throw, a scroll bar sideways, faults that axe finds. */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { z } from "zod";

const folder = join(import.meta.dir, "../../screenshots");
const axe = readFileSync(
  createRequire(import.meta.resolve("@axe-core/playwright")).resolve("axe-core/axe.min.js"),
  "utf8",
);
/** Faults only, against WCAG 2.2 A and AA. */
const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const run = (only: readonly string[], type: "tag" | "rule") => `axe.run(document, {
  runOnly: { type: "${type}", values: ${JSON.stringify(only)} },
  resultTypes: ["violations"],
  preload: false,
}).then(({ violations }) => violations)`;

const faultsSchema = z.array(
  z.object({
    id: z.string(),
    nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })),
  }),
);

/** Collects console errors and thrown errors of a page from now on. */
export function watchErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  return errors;
}

/**
 * Faults against WCAG 2.2 A and AA, each with the elements it is about. Axe is put into the page once and its faults
 * alone are sent back, which is many times faster than its own driver. Another theme changes colours alone.
 */
export async function axeFaults(
  page: Page,
  what: "everything" | "colours" = "everything",
): Promise<string[]> {
  if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe);
  const violations = faultsSchema.parse(
    await page.evaluate(what === "colours" ? run(["color-contrast"], "rule") : run(everything, "tag")),
  );
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map((node) => `${node.html} (${node.failureSummary ?? ""})`).join(" | ")}`,
  );
}

/** How many pixels the page is wider than its window; 0 when nothing scrolls sideways. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Words and short names that a narrow column breaks, and boxes that show a piece of the line they cut. */
export async function brokenParts(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const isBroken = (element: Element) => {
      const text = element.textContent.trim();
      if (text === "" || text.length > 24 || /\s/.test(text)) return false;
      const range = document.createRange();
      range.selectNodeContents(element);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
    };
    const brokenWords = (cell: Element) => {
      const words: string[] = [];
      const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        for (const { 0: word, index } of (text.textContent ?? "").matchAll(
          /(?<=^|\s)[\p{L}\d]{2,20}(?=\s|$)/gu,
        )) {
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1)
            words.push(word);
        }
      }
      return words;
    };
    const isPadded = (element: Element) => {
      const { webkitLineClamp, paddingBottom } = getComputedStyle(element);
      return webkitLineClamp !== "none" && paddingBottom !== "0px";
    };
    const broken = [...document.querySelectorAll("thead .cell, .cell > code")].filter(isBroken);
    const padded = [...document.querySelectorAll("[class*=line-clamp]")].filter(isPadded);
    const words = [...document.querySelectorAll("tbody .cell")].flatMap(brokenWords);
    return [
      ...words.map((word) => `breaks the word ${word}`),
      ...broken.map((element) => `breaks the word ${element.textContent}`),
      ...padded.map((element) => `cuts a line in two in ${element.textContent.slice(0, 60)}`),
    ];
  });
}

/** Keeps a picture of the whole page for people to look at; over the browser's own protocol, which is twice as fast. */
export async function picture(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", {
    captureBeyondViewport: true,
    optimizeForSpeed: true,
  });
  await session.detach();
  mkdirSync(folder, { recursive: true });
  await Bun.write(join(folder, `${name}.png`), Buffer.from(data, "base64"));
}
