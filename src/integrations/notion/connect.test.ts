import { describe, expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import { notionApp } from "../../../test/fakes/notion/app";
import { plain } from "../../../test/fakes/notion/state";
import { notionIntegration } from "./integration";

type Given = { apiKey?: string; account?: string; options?: Record<string, string> };

/** What connecting is answered with: the field at fault and the words. */
async function refusal(notion: Awaited<ReturnType<typeof notionApp>>, given: Given) {
  const input = { ...notion.fake.credential, ...given };
  const error: unknown = await notion.app.credentials.save(notionIntegration, input).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  return error instanceof InputError
    ? { fields: error.details.map(({ field }) => field), words: error.message }
    : undefined;
}

describe("connecting", () => {
  test("names the account after the workspace", async () => {
    await using notion = await notionApp({ items: 2 });
    const { integration, apiKey = "" } = notion.fake.credential;
    const saved = await notion.app.credentials.save(notionIntegration, {
      integration,
      apiKey: `  ${apiKey} `,
    });
    expect(saved).toMatchObject({ account: "Harbour Works", status: "connected" });
  });

  test("a secret that Notion does not know", async () => {
    await using notion = await notionApp();
    const said = await refusal(notion, { apiKey: "ntn_wrong0123456789", account: "Other" });
    expect(said).toMatchObject({
      fields: ["apiKey"],
      words: expect.stringContaining("not accepted by Notion"),
    });
  });

  test("something that is no secret", async () => {
    await using notion = await notionApp();
    const said = await refusal(notion, { apiKey: "my secret" });
    expect(said).toMatchObject({ fields: ["apiKey"], words: expect.stringContaining("ntn_") });
  });

  test("settings that say nothing", async () => {
    await using notion = await notionApp();
    const said = await refusal(notion, {
      options: { since: "last year", comments: "maybe", roots: "our handbook" },
    });
    expect(said?.fields).toEqual(["options.roots", "options.since", "options.comments"]);
    expect(said?.words).toContain("takes a day such as 2025-01-31");
  });

  test("a page that is not shared with the integration", async () => {
    await using notion = await notionApp({ items: 2 });
    const page = notion.fake.world.somePage();
    page.hidden = true;
    const said = await refusal(notion, { options: { roots: `https://www.notion.so/${plain(page.id)}` } });
    expect(said).toMatchObject({ fields: ["options.roots"], words: expect.stringContaining("Connections") });
  });

  test("an empty workspace is taken, with a hint in the log, and stays empty", async () => {
    await using notion = await notionApp();
    expect(notion.app.logged.map(({ message }) => message).join("\n")).toContain("No page is shared");
    expect(await notion.sync()).toMatchObject({ state: "succeeded", seen: 0 });
  });
});
