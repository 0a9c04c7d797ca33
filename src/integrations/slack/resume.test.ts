/** Stopped before any request, a sync goes on where it stood and comes to the same. */
import { expect, test } from "bun:test";
import { filesFolder } from "@test/files";
import { structureViolations } from "@test/invariants";
import { slackApp } from "@test/slack";
import { slackViolations } from "@test/slack-truth";
import { changeTalk, slackTalk } from "@test/slack-worlds";
import type { SlackWorld } from "../../../test/fakes/slack/world";

const pageSize = 20;

/** Starts a sync and stops the program before the request of this number. True when the sync was stopped. */
async function stoppedAt(
  world: SlackWorld,
  home: string,
  request: number,
  mode: "full" | "incremental",
): Promise<boolean> {
  await using slack = await slackApp({ world, home, pageSize, connect: request === 1 });
  const stop = Promise.withResolvers<"stop">();
  let asked = 0;
  slack.server.listener = () => {
    if (++asked === request) stop.resolve("stop");
  };
  const [started] = await slack.app.runner.start({ integration: "Slack", mode, trigger: "manual" });
  const ended = slack.app.runner.wait(started?.runId ?? "").then(() => "end" as const);
  const first = await Promise.race([stop.promise, ended]);
  if (first === "stop") await slack.app.runner.shutdown();
  return first === "stop";
}

test.each(["full", "incremental"] as const)(
  "a sync (%s) that is stopped before every request in turn ends equal",
  async (mode) => {
    using home = filesFolder();
    const talk = slackTalk(12, { channels: 2, messages: 60, days: 20 });
    let request = 1;
    while (await stoppedAt(talk.world, home.path, request, mode)) request++;
    expect(request).toBeGreaterThan(5);
    await using slack = await slackApp({ world: talk.world, home: home.path, pageSize, connect: false });
    expect(await slackViolations(slack.app.db, talk.world)).toEqual([]);
    expect(await structureViolations(slack.app.db)).toEqual([]);
    changeTalk(talk, 30, 20);
    expect(await slack.sync("incremental")).toMatchObject({ state: "succeeded" });
    expect(await slackViolations(slack.app.db, talk.world)).toEqual([]);
    await using other = await slackApp({ world: talk.world });
    await other.sync("full");
    expect(await slack.served()).toEqual(await other.served());
  },
);
