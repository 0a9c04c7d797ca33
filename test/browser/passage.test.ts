/** From a hit to the very lines that were found, in a long text, and from one passage of it to another. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Page } from "playwright-core";
import { setStage, type Stage } from "./stage";
import { artifact, searchAnswer } from "./text-fixtures";
import { axeFaults, picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => stage.reset());

const turns = Array.from({ length: 1500 }, (_, place) => `Ann: turn ${place} of the call.`);
const call = { ...artifact, title: "Call", markdown: `# Call\n\n${turns.join("\n\n")}` };
/** The line of a turn: two for the title, and a blank one after each. */
const lineOf = (turn: number) => 3 + 2 * turn;

async function markedInView(page: Page): Promise<string> {
  const mark = page.locator("mark").first();
  await mark.waitFor();
  const { y = -1, height = 0 } = (await mark.boundingBox()) ?? {};
  expect(y).toBeGreaterThan(0);
  expect(y + height).toBeLessThan(800);
  return (await page.locator("mark").allTextContents()).join(" ");
}

test("a hit opens its text where the found lines stand, and a passage leads to its own", async () => {
  const [hit] = searchAnswer.results;
  const lines = { start: lineOf(1200), end: lineOf(1201) };
  stage.server.answers = {
    "/api/artifact/art-1": () => call,
    "/api/search": () => ({ ...searchAnswer, results: [{ ...hit, lines }] }),
  };
  await using opened = await stage.open("/search?q=turn");
  const { page, errors } = opened;
  await page.locator("ol[data-rows] h2 a").first().click();
  await page.waitForURL(`**/artifact/art-1?lines=${lines.start}-${lines.end}`);
  expect(await markedInView(page)).toBe("Ann: turn 1200 of the call. Ann: turn 1201 of the call.");
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "passage-light-1280");

  await page.getByRole("tab", { name: "Passages" }).click();
  const passage = page
    .getByRole("tabpanel")
    .getByRole("link", { name: /^Lines? / })
    .nth(1);
  const [, line = ""] = /(\d+)/.exec((await passage.textContent()) ?? "") ?? [];
  await passage.press("Enter");
  await page.waitForURL(`**/artifact/art-1?lines=${line}*`);
  expect(await page.getByRole("tab", { name: "Read" }).getAttribute("aria-selected")).toBe("true");
  expect(await markedInView(page)).toStartWith("Ann: turn");
  await page.locator("h1:focus").waitFor();
  expect(errors).toEqual([]);
});
