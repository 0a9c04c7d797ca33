/** The same integration against a Slack that nobody here wrote: vercel-labs' emulator, in this process. */
import { expect, test } from "bun:test";
import { createEmulator } from "emulate";
import { z } from "zod";
import { connectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { freePort } from "@test/free-port";
import { slackIntegration } from "./integration";

const token = "xoxb-emulated-token";
const scopes = [
  ...["channels:read", "channels:history", "groups:read", "groups:history", "users:read", "users:read.email"],
  ...["chat:write", "reactions:write"],
];
const seed = {
  tokens: { [token]: { login: "admin", scopes } },
  slack: {
    team: { name: "Northlight", domain: "northlight" },
    users: [{ name: "ana", real_name: "Ana Silva" }],
  },
};

test("an emulated workspace is read, and its edits, answers and deletions are followed", async () => {
  const emulator = await createEmulator({ service: "slack", port: freePort(), seed });
  try {
    const base = emulator.url.replace("localhost", "127.0.0.1");
    const say = async (method: string, form: Record<string, string>) => {
      const headers = { authorization: `Bearer ${token}` };
      const body = new URLSearchParams({ channel: "C000000001", ...form });
      const answer = await fetch(`${base}/api/${method}`, { method: "POST", headers, body });
      return (
        z.looseObject({ ok: z.literal(true), ts: z.string().optional() }).parse(await answer.json()).ts ?? ""
      );
    };
    const asked = await say("chat.postMessage", { text: "Who has the *long* rope, <@U000000001>?" });
    await say("chat.postMessage", { text: "It is in the shed.", thread_ts: asked });
    const slip = await say("chat.postMessage", { text: "Wrong window" });
    await say("reactions.add", { timestamp: asked, name: "eyes" });

    const credential = { integration: "Slack", apiKey: token };
    const clock = fastClock();
    await using place = await connectedApp(
      slackIntegration,
      { apiUrls: `slack=${base}/api`, credential },
      { clock },
    );
    expect(await place.sync("full")).toMatchObject({ state: "succeeded", failed: 0 });
    const found = async (kind: string) =>
      [...(await place.served())].find(([id]) => id.startsWith(`slack:${kind}:C000000001:`))?.[1].markdown ??
      "";
    expect(await found("thread")).toContain("It is in the shed.");
    expect(await found("conv")).toMatch(
      /Who has the \*\*long\*\* rope, @\w+\?\n\nReactions: :eyes:×1\n\nThread: \[1 answer\]/,
    );

    await say("chat.update", { ts: asked, text: "Who has the *short* rope?" });
    await say("chat.postMessage", { text: "No longer.", thread_ts: asked });
    await say("chat.delete", { ts: slip });
    expect(await place.sync("incremental")).toMatchObject({ state: "succeeded", failed: 0 });
    expect(await found("conv")).toContain("**short** rope");
    expect(await found("conv")).not.toContain("Wrong window");
    expect(await found("thread")).toContain("No longer.");
    expect(await place.sync("full")).toMatchObject({ inserted: 0, updated: 0, deleted: 0 });
    expect(await place.app.credentials.list("Slack")).toMatchObject([{ account: "Northlight" }]);
  } finally {
    await emulator.close();
  }
});
