/** What a source has to choose from, looked up in the form before it is connected: by keyboard and by pointer. */
import { afterAll, beforeAll, beforeEach, expect, setDefaultTimeout, test } from "bun:test";
import type { Context } from "hono";
import { newSources } from "./fixtures";
import { setStage, type Stage } from "./stage";
import { axeFaults, overflow, picture } from "./watch";

setDefaultTimeout(120_000);
let stage: Stage;

const chat = {
  ...newSources[0],
  integration: "Chat",
  inputs: [{ input: "apiKey", label: "Bot token", secret: true, required: true }],
  optionInputs: [
    { key: "channels", label: "Only these channels", help: "Names, separated by commas.", lookUp: true },
    { key: "since", label: "Since" },
  ],
};
const channels = [
  { value: "general", name: "general", hint: "Acme" },
  { value: "8134", name: "general", hint: "Beta" },
  { value: "random", name: "random", hint: "Acme" },
];

/** Bodies that were sent to the list of channels. */
let asked: Record<string, unknown>[] = [];

beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => {
  stage.reset();
  asked = [];
  stage.server.answers["/api/integrations"] = () => ({ integrations: [chat] });
  stage.server.answers["/api/integrations/Chat/choices/channels"] = async (c: Context) => {
    const body = await c.req.json<Record<string, unknown>>();
    asked.push(body);
    const wrong = { code: "needs_reconnect", message: "Chat does not know this token." };
    if (body["apiKey"] === "wrong")
      return c.json({ error: { ...wrong, details: [{ field: "apiKey", message: wrong.message }] } }, 422);
    return { choices: body["words"] === "zz" ? [] : channels, more: true };
  };
});

test("channels are looked up and chosen with the keyboard, beside what is written by hand", async () => {
  await using opened = await stage.open("/sources?connect=Chat");
  const { page, errors } = opened;
  const field = page.getByRole("combobox", { name: "Only these channels" });
  const look = page.getByRole("button", { name: "Look up: Only these channels" });
  await page.getByText("More settings").click();
  await look.press("Enter");
  await page.getByText("Fill in “Bot token”.").first().waitFor();
  await page.getByLabel("Bot token").fill("wrong");
  await look.press("Enter");
  await page.getByText("Chat does not know this token.").first().waitFor();
  await page.getByLabel("Bot token").fill("right");
  await field.fill("their-own, ");
  await look.press("Enter");
  await page.getByText("The first 3 are listed.").first().waitFor();
  expect(asked.at(-1)).toEqual({ apiKey: "right", options: { channels: "their-own," }, words: "" });
  await page.getByRole("option", { name: /general Beta/ }).waitFor();
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "choices-light-1280");
  await field.press("ArrowDown");
  await field.press("ArrowDown");
  await field.press("Enter");
  expect(await field.inputValue()).toBe("their-own, 8134, ");
  await field.pressSequentially("ran");
  expect(await page.getByRole("option").count()).toBe(1);
  await field.press("ArrowDown");
  await field.press("Enter");
  expect(await field.inputValue()).toBe("their-own, 8134, random, ");
  await page.getByRole("option", { name: /random.*chosen/ }).click();
  expect(await field.inputValue()).toBe("their-own, 8134, ");
  await field.press("Escape");
  await page.getByRole("option").first().waitFor({ state: "hidden" });
  expect(await page.getByRole("dialog").isVisible()).toBe(true);
  await field.fill("zz");
  await look.press("Enter");
  await page.getByText("Nothing with “zz” in it.").first().waitFor();
  // The refusal above is the browser's own line.
  expect(errors.filter((line) => !line.includes("422"))).toEqual([]);
});

test("at 375 px, in the dark, the list fits and can be pressed", async () => {
  await using opened = await stage.open("/sources?connect=Chat", { width: 375 });
  const { page } = opened;
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByLabel("Bot token").fill("right");
  await page.getByText("More settings").click();
  await page.getByRole("button", { name: "Look up: Only these channels" }).click();
  await page.getByRole("option", { name: /random/ }).click();
  expect(await page.getByRole("combobox").inputValue()).toBe("random, ");
  expect(await overflow(page)).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  await picture(page, "choices-dark-375");
});
