import { expect, test } from "bun:test";
import { connectClient, lockedSource, mcpApp } from "@test/mcp";

test("of more accounts than an answer holds, the ones with trouble are in it", async () => {
  await using fixture = await mcpApp();
  const { credentials } = fixture.app;
  for (let place = 10; place < 40; place++) {
    await credentials.save(lockedSource, { integration: "Vault", account: `team-${place}`, apiKey: "k" });
  }
  await credentials.setStatus("Vault", "team-37", "error", "The folder is gone.");
  await credentials.setStatus("Vault", "team-39", "needs_reconnect", "The key was revoked.");
  const client = await connectClient(fixture.url, "2026-07-28");
  const { structuredContent } = await client.callTool({ name: "get_integration_sources", arguments: {} });
  await client.close();
  expect(structuredContent).toMatchObject({
    sources: [
      { integration: "Shelf" },
      {
        status: "needs_reconnect",
        accounts: [
          { account: "team-37", reason: "The folder is gone." },
          { account: "team-39", reason: "The key was revoked." },
          ...Array.from({ length: 18 }, (_, place) => ({ account: `team-${place + 10}`, reason: null })),
        ],
      },
    ],
  });
});
