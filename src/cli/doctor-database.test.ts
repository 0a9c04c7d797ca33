import { expect, test } from "bun:test";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { checkAccounts } from "./doctor-database";

test("an account is told with what mends it: a new key where it is refused, else what its reason says", async () => {
  const { integration } = createShelf();
  integration.config.inputs = [{ input: "apiKey", label: "Key" }];
  await using app = await testApp({ integrations: [integration] });
  for (const account of ["held", "refused", "well"])
    await app.credentials.save(integration, { integration: "Shelf", account, apiKey: "k" });
  await app.credentials.setStatus("Shelf", "refused", "needs_reconnect", "The key was refused.");
  await app.credentials.setStatus("Shelf", "held", "error", "Removals wait. Sync with --confirm-deletions.");
  expect((await checkAccounts(app)).slice(-3)).toEqual([
    { check: "accounts", message: "1 account connected." },
    {
      check: "accounts",
      message: "Shelf held does not work: Removals wait. Sync with --confirm-deletions.",
      fix: 'Sync it again once that is mended: stoneturner sync "Shelf" --account "held"',
    },
    {
      check: "accounts",
      message: "Shelf refused does not work: The key was refused.",
      fix: 'Connect it again: stoneturner connect "Shelf" --account "refused"',
    },
  ]);
});
