/** Announcements that come twice, late, out of order or from a stranger: case 85 of the list. */
import { describe, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { startServer } from "@/core/handlers/server";
import { listRuns } from "@/core/db/queries/runs";
import type { Integration } from "@/core/models/integration";
import { isSignedBy } from "@/core/services/webhooks/signature";
import { z } from "zod";
import { fakeApp } from "@test/provider-syncs";

const bodySchema = z.object({ id: z.string(), sentAt: z.string().optional() });

/** Signed as many providers sign: HMAC-SHA256 of the body, under the account's key. */
const webhook: Integration["webhook"] = ({ headers, body }, { apiKey }) =>
  isSignedBy(apiKey, body, headers.get("x-signature")) ? bodySchema.parse(JSON.parse(body)) : undefined;

async function announced() {
  const fake = await fakeApp({ webhook });
  const server = await startServer(fake.app, () => Promise.resolve(new Map()));
  const save = (account: string, apiKey: string) =>
    fake.app.credentials.save(fake.app.registry.find("Fake"), { integration: "Fake", account, apiKey });
  await save("work", "key of work");
  await save("home", "key of home");
  const send = async (event: z.infer<typeof bodySchema>, key = "key of work", path = "fake") => {
    const body = JSON.stringify(event);
    const signature = `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
    const headers = { "content-type": "application/json", "x-signature": signature };
    const url = new URL(`/api/webhooks/${path}`, server.url);
    return (await fetch(url, { method: "POST", headers, body })).status;
  };
  const runs = async () => {
    for (const run of await listRuns(fake.app.db)) await fake.app.runner.wait(run.id);
    return (await listRuns(fake.app.db)).map(({ account, mode }) => `${mode} ${account}`);
  };
  const started = async (count: number) => {
    while ((await listRuns(fake.app.db)).length < count) await new Promise(setImmediate);
    return runs();
  };
  return {
    ...{ fake, send, runs, started },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await fake[Symbol.asyncDispose]();
    },
  };
}

describe("an announcement", () => {
  test("case 85: starts one sync of the account that signed it, however often it comes", async () => {
    await using one = await announced();
    one.fake.provider.world.put("a", "Announced.");
    expect(await one.send({ id: "event-1" }, "key of home")).toBe(202);
    expect(await one.started(1)).toEqual(["incremental home"]);
    for (let time = 0; time < 3; time++) expect(await one.send({ id: "event-1" }, "key of home")).toBe(200);
    expect(await one.runs()).toHaveLength(1);
    expect(await one.send({ id: "event-1" })).toBe(202);
    expect(await one.started(2)).toContain("incremental work");
  });

  test("case 85: with a wrong signature, for nobody, or of long ago is refused and starts nothing", async () => {
    await using one = await announced();
    expect(await one.send({ id: "e" }, "another key")).toBe(401);
    expect(await one.send({ id: "e" }, "key of work", "nosuch")).toBe(401);
    const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    expect(await one.send({ id: "e", sentAt: minutesAgo(20) })).toBe(401);
    expect(await one.send({ id: "e", sentAt: "no time" })).toBe(401);
    expect(await one.runs()).toEqual([]);
    expect(await one.send({ id: "e", sentAt: minutesAgo(1) })).toBe(202);
    await one.started(1);
  });

  test("case 85: out of order never brings back an older version: what is read is what the source holds", async () => {
    await using one = await announced();
    const { provider } = one.fake;
    provider.world.put("a", "First version.");
    await one.send({ id: "1" });
    await one.started(1);
    provider.world.put("a", "Third version.");
    await one.send({ id: "3" });
    await one.started(2);
    await one.send({ id: "2" });
    await one.started(3);
    await one.fake.check("truth");
  });
});

test("a signature is compared whole, in either spelling, and never with an empty secret", () => {
  const hex = createHmac("sha256", "s").update("body").digest("hex");
  expect(isSignedBy("s", "body", hex)).toBe(true);
  expect(isSignedBy("s", "body", `sha256=${hex}`)).toBe(true);
  for (const wrong of [hex.slice(2), `${hex}00`, "", "zz", null])
    expect(isSignedBy("s", "body", wrong)).toBe(false);
  const empty = createHmac("sha256", "").update("body").digest("hex");
  for (const secret of ["", undefined]) expect(isSignedBy(secret, "body", empty)).toBe(false);
});
