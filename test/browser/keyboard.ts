import type { Page } from "playwright-core";

/** The accessible name, roughly, of what has focus: its label, or its text. */
export async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return "";
    const label = element.id === "" ? null : document.querySelector(`label[for="${element.id}"]`);
    return (element.getAttribute("aria-label") ?? label?.textContent ?? element.textContent).trim();
  });
}

/** Presses Tab until something with this name has focus. Fails when it is not reached in `most` steps. */
export async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<void> {
  const seen: string[] = [];
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (typeof name === "string" ? now === name : name.test(now)) return;
    seen.push(now);
  }
  throw new Error(`Tab never reached ${String(name)}. It went over: ${seen.join(" → ")}`);
}
