/** Calls in Gong, pages in Notion and chats in Discord, in one index: what somebody asks is found at once, offline. */
import { afterAll, beforeAll, expect, test } from "bun:test";
import { z } from "zod";
import type { SearchHit } from "@/core/models/search";
import { systemClock } from "@/core/services/http/clock";
import { discordIntegration } from "@/integrations/discord/integration";
import { gongIntegration } from "@/integrations/gong/integration";
import { notionIntegration } from "@/integrations/notion/integration";
import { testApp, type TestApp } from "@test/app";
import { fillDiscord, fillGong, fillNotion } from "@test/northlight";
import { serveDiscord } from "./fakes/discord/server";
import { DiscordWorld } from "./fakes/discord/world";
import { startGong } from "./fakes/gong/fake";
import { startFake as startNotion } from "./fakes/notion/fake";
import given from "../samples/questions.json";

const questions = z
  .array(z.object({ question: z.string(), answers: z.array(z.string()).min(1) }))
  .parse(given);
const nothing = { seed: 1, items: 0, clock: systemClock };
const integrations = [gongIntegration, notionIntegration, discordIntegration];

let app: TestApp;
let titles: Map<string, string>;
const stack = new AsyncDisposableStack();

beforeAll(async () => {
  const gong = stack.use(await startGong(nothing));
  const notion = stack.use(await startNotion(nothing));
  const world = new DiscordWorld();
  const discord = stack.use(serveDiscord(world));
  titles = new Map([...fillGong(gong.world), ...fillNotion(notion.world), ...fillDiscord(world)]);
  const apiUrls = [gong.apiUrls, notion.apiUrls, `discord=${discord.url}`].join(",");
  app = stack.use(await testApp({ integrations, environment: { INTEGRATION_API_URLS: apiUrls } }));
  await app.credentials.save(gongIntegration, gong.credential);
  await app.credentials.save(notionIntegration, notion.credential);
  await app.credentials.save(discordIntegration, { integration: "Discord", apiKey: world.token });
  for (const { config } of integrations) {
    const [run] = await app.runner.start({ ...config, mode: "full", trigger: "manual" });
    const ended = await app.runner.wait(run?.runId ?? "");
    expect(ended).toMatchObject({ integration: config.integration, state: "succeeded", failed: 0 });
  }
});
afterAll(() => stack.disposeAsync());

/** Whether a hit is what became of this file of the sample workspace. */
function isOf({ integration, title }: SearchHit, path: string): boolean {
  const name = titles.get(path) ?? "";
  if (path.startsWith("calls/")) return integration === "Gong" && title === name;
  if (path.startsWith("pages/")) return integration === "Notion" && title === name;
  return integration === "Discord" && title.includes(`#${name}`);
}

test.each(questions)(
  "finds the answer to $question within the first three",
  async ({ question, answers }) => {
    const { results } = await app.search({ query: question, limit: 3 });
    const found = results.filter((hit) => answers.some((path) => isOf(hit, path)));
    expect(found.length, results.map(({ title }) => title).join(" · ")).toBeGreaterThan(0);
  },
);
