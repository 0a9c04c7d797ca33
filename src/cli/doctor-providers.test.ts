import { expect, test } from "bun:test";
import { AuthError, TransientError } from "@/core/models/errors";
import { testApp } from "@test/app";
import { createShelf } from "@test/shelf";
import { checkProviders } from "./doctor-providers";

test("each connected account's source is asked once; what does not answer or refuses comes with its fix", async () => {
  const answers = new Map<string, Error | undefined>();
  const shelf = createShelf();
  const integration = {
    ...shelf.integration,
    connect: async (credential: { integration: string; account?: string | undefined }) => {
      const failure = answers.get(credential.account ?? "");
      if (failure !== undefined) throw failure;
      return { account: credential.account ?? "", credential };
    },
  };
  await using app = await testApp({ integrations: [integration] });
  const accounts = ["fine", "away", "locked", "known broken"];
  for (const account of accounts) await app.credentials.save(integration, { integration: "Shelf", account });
  await app.credentials.setStatus("Shelf", "known broken", "needs_reconnect", "Signed out.");
  answers.set("away", new TransientError("No route to the shelf."));
  answers.set("locked", new AuthError("The key was refused."));
  const found = await checkProviders(app);
  expect(found.map(({ message, fix }) => [message, fix?.split(":")[0]])).toEqual([
    [
      expect.stringContaining("away does not answer as it should: No route"),
      expect.stringContaining("network"),
    ],
    ["Shelf fine answers.", undefined],
    [expect.stringContaining("The key was refused."), "Connect it again"],
  ]);
});
