import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import type { Client, Progress } from "@modelcontextprotocol/client";
import { connectClient, eras, lockedSource, mcpApp, textOf } from "@test/mcp";

let fixture: Awaited<ReturnType<typeof mcpApp>>;
beforeAll(async () => {
  fixture = await mcpApp();
});
afterAll(() => fixture[Symbol.asyncDispose]());

const sync = async (client: Client, args: Record<string, unknown>, onprogress?: (step: Progress) => void) => {
  const result = await client.callTool(
    { name: "sync_source", arguments: args },
    onprogress === undefined ? {} : { onprogress },
  );
  const answer: Record<string, unknown> = JSON.parse(textOf(result));
  expect(result.structuredContent).toEqual(answer);
  return answer;
};

describe.each(eras)("a client of %s that waits for a sync", (era) => {
  let client: Client;
  beforeAll(async () => {
    client = await connectClient(fixture.url, era);
  });
  afterAll(() => client.close());

  test("is told how far it is, ever further, and answered with how it ended", async () => {
    const steps: Progress[] = [];
    // Longer than the pause between two looks at the run.
    fixture.shelf.beforePage = async () => Bun.sleep(400);
    const answer = await sync(client, { integration: "Shelf", mode: "full", wait: true }, (step) =>
      steps.push(step),
    );
    expect(answer["runs"]).toMatchObject([{ account: "default", state: "succeeded" }]);
    expect(answer["next"]).toStartWith("No more is under way.");
    const progress = steps.map((step) => step.progress);
    expect(progress.length).toBeGreaterThanOrEqual(2);
    expect(progress).toEqual([...new Set(progress)].sort((a, b) => a - b));
    expect(steps.at(-1)?.message).toContain(`${progress.at(-1)} items`);
  });

  test("is told nothing when it does not ask", async () => {
    const answer = await sync(client, { integration: "Shelf", wait: true });
    expect(answer["runs"]).toMatchObject([{ state: "succeeded" }]);
  });

  test("learns of a sync that failed", async () => {
    fixture.shelf.beforePage = () => {
      throw new Error("The shelf fell over.");
    };
    const { runs } = await sync(client, { integration: "Shelf", mode: "full", wait: true });
    expect(runs).toMatchObject([{ state: "failed" }]);
  });

  afterEach(() => {
    fixture.shelf.beforePage = () => undefined;
  });
});

describe("where no account is connected", () => {
  const capabilities = { elicitation: { url: {} } };
  const offered: unknown[] = [];
  /** A client that offers its person the page; `visit` is what the person does. */
  const visitor = async (era: (typeof eras)[number], visit: () => Promise<"accept" | "decline">) => {
    offered.length = 0;
    const client = await connectClient(fixture.url, era, capabilities);
    client.setRequestHandler("elicitation/create", async ({ params }) => {
      offered.push(params);
      return { action: await visit() };
    });
    return client;
  };
  afterEach(() => fixture.app.credentials.remove("Vault"));

  test("a client that can offers the page, and the sync starts once the account is there", async () => {
    const client = await visitor("2026-07-28", async () => {
      const account = { integration: "Vault", account: "ann", apiKey: "key" };
      await fixture.app.credentials.save(lockedSource, account);
      return "accept";
    });
    const { runs } = await sync(client, { integration: "Vault", wait: true });
    expect(offered).toMatchObject([{ mode: "url", url: expect.stringMatching(/^http.*\/\?connect=Vault$/) }]);
    expect(runs).toMatchObject([{ account: "ann" }]);
    await client.close();
  });

  test.each(["accept", "decline"] as const)("nobody is asked twice (%s)", async (action) => {
    const client = await visitor("2026-07-28", () => Promise.resolve(action));
    const answer = await sync(client, { integration: "Vault" });
    expect(offered).toHaveLength(1);
    expect(answer).toMatchObject({ runs: [], connectUrl: expect.stringContaining("/?connect=Vault") });
    await client.close();
  });

  test("the address is in the answer for clients of older revisions, and for those that only show forms", async () => {
    const older = await visitor("2025-11-25", () => Promise.resolve("accept"));
    const forms = await connectClient(fixture.url, "2026-07-28", { elicitation: { form: {} } });
    for (const client of [older, forms]) {
      const answer = await sync(client, { integration: "Vault" });
      expect(answer["next"]).toContain("/?connect=Vault");
      await client.close();
    }
    expect(offered).toEqual([]);
  });
});
