import { describe, expect, test } from "bun:test";
import { InputError } from "@/core/models/errors";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { slackApp } from "@test/slack";
import { clientId, clientSecret } from "../../../test/fakes/slack/grants";
import { SlackServer } from "../../../test/fakes/slack/server";
import { SlackWorld } from "../../../test/fakes/slack/world";
import { slackIntegration } from "./integration";

async function refused(given: { apiKey?: string; options?: Record<string, string> }): Promise<InputError> {
  await using slack = await slackApp();
  const saved = slack.app.credentials.save(slackIntegration, {
    integration: "Slack",
    account: "other",
    ...given,
  });
  const error: unknown = await saved.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw new Error(`It was ${String(error)}.`);
  return error;
}

describe("connecting with a token", () => {
  test("names the account after the workspace", async () => {
    await using slack = await slackApp();
    expect(await slack.app.credentials.list("Slack")).toMatchObject([{ account: "Quarry" }]);
  });

  test.each([
    ["8f742231b10e8888abcd99yyyzzz85a5", "begins with xoxb-"],
    ["xapp-1-A0-12-abc", "an app-level token"],
    ["xoxc-123-456", "a browser's token"],
    ["xoxb-not-the-right-one", "Slack does not accept the token"],
  ])("'%s' is told what the field takes", async (apiKey, words) => {
    const error = await refused({ apiKey });
    expect(error.details[0]?.field).toBe("apiKey");
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("not-the-right-one");
  });

  test("a wrong day or number is told before Slack is asked", async () => {
    const error = await refused({
      apiKey: "xoxb-1234567890",
      options: { since: "soon", rereadDays: "many" },
    });
    expect(error.details.map(({ field }) => field)).toEqual(["options.since", "options.rereadDays"]);
  });
});

test("channels that were named stay chosen, or left out, when they are renamed", async () => {
  const world = new SlackWorld();
  const ann = world.addUser("ann");
  const at = Date.UTC(2026, 0, 5);
  const [yard, board] = [world.addChannel("yard"), world.addChannel("board")];
  world.post(yard, "The crane stops.", at, { user: ann.id });
  world.post(board, "We sell the yard.", at, { user: ann.id });
  const later = { channels: "#Yard, not-there-yet" };
  for (const options of [later, { exclude: "board" }]) {
    Object.assign(yard, { name: "yard" });
    Object.assign(board, { name: "board" });
    await using slack = await slackApp({ world, options });
    await slack.sync("full");
    Object.assign(yard, { name: "works" });
    Object.assign(board, { name: "directors" });
    await slack.sync("incremental");
    const text = [...(await slack.served()).values()].map(({ markdown }) => markdown).join();
    expect(text).toContain("The crane stops.");
    expect(text).not.toContain("We sell the yard.");
  }
});

test("connecting by consent asks for reading alone, and the grant reads", async () => {
  const clock = fastClock();
  const world = new SlackWorld();
  const bot = world.addUser("app", { isBot: true });
  world.post(world.addChannel("general"), "Hello", Date.UTC(2026, 0, 5), { user: bot.id });
  await using server = new SlackServer(world, clock, { token: "xoxb-another-canary" });
  let asked: URL | undefined;
  const consent = (address: string) => {
    asked = new URL(address);
    return server.grants.consent(address);
  };
  const account = {
    apiUrls: `slack=${server.url}`,
    credential: { integration: "Slack", accessKey: clientId, secretKey: clientSecret },
    consent,
  };
  await using place = await connectedApp(slackIntegration, account, { clock });
  expect(asked?.origin).toBe("https://slack.com");
  const scopes = asked?.searchParams.get("scope")?.split(",") ?? [];
  expect(scopes).toContain("channels:history");
  expect(scopes.filter((scope) => !/:(?:read|history)$|^users:read\.email$/.test(scope))).toEqual([]);
  expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
  expect([...(await place.served()).values()].map(({ markdown }) => markdown).join()).toContain("Hello");
  expect(await place.app.credentials.list("Slack")).toMatchObject([{ account: "Quarry" }]);
});
