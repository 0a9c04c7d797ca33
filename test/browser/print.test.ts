/** An artifact on paper: its text whole and dark on white, without what is only there to be pressed. */
import { expect, setDefaultTimeout, test } from "bun:test";
import { setStage } from "./stage";
import * as texts from "./text-fixtures";
import { overflow, picture } from "./watch";

setDefaultTimeout(120_000);

const months = Array.from({ length: 18 }, (_, month) => `Month ${month + 1} of the year`);
const wide = `# Prices

A word before the code.

\`\`\`ts
export const price = await somethingThatTakesManyArguments("${"x".repeat(160)}", { seats: 40 });
\`\`\`

| Region | ${months.join(" | ")} |
|---|${"---|".repeat(18)}
| Lisbon | ${months.map(() => "1234.50").join(" | ")} |
`;

for (const theme of ["light", "dark"] as const) {
  test(`an artifact prints whole, in the ${theme} theme as well`, async () => {
    await using stage = await setStage();
    stage.server.answers["/api/artifact/art-1"] = () => ({ ...texts.artifact, markdown: wide });
    await using opened = await stage.open("/artifact/art-1");
    const { page } = opened;
    await page.getByText("A word before the code.").waitFor();
    await page.evaluate((chosen) => (document.documentElement.dataset.theme = chosen), theme);
    await page.emulateMedia({ media: "print", colorScheme: theme });
    // A4 at 96 dots an inch, without its margins.
    await page.setViewportSize({ width: 718, height: 1000 });

    for (const box of await page.locator(".prose section").all()) {
      expect(await box.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    }
    expect(await overflow(page)).toBe(0);
    const ink = await page
      .locator(".prose p")
      .first()
      .evaluate((element) => getComputedStyle(element).color);
    const [red = 255] = ink.match(/\d+/g)?.map(Number) ?? [];
    expect(red).toBeLessThan(80);
    for (const left of [
      page.locator("header"),
      page.getByRole("tablist"),
      page.getByRole("link", { name: "Artifacts" }),
    ])
      expect(await left.filter({ visible: true }).count()).toBe(0);
    expect(await page.getByRole("button").count()).toBe(0);
    expect(await page.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
    await picture(page, `print-${theme}`);
  });
}
