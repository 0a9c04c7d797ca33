/** Every registered integration against the fake of its provider. `bun run check-integration NAME` is the long form. */
import { describe, expect, test } from "bun:test";
import { supportedIntegrations } from "@/integrations/sync-registry";
import { checkNames, fakeOf, noFake, runCheck } from "./kit";

const size = { seed: 11, items: 9, kills: 1, worlds: 2 };

for (const integration of supportedIntegrations) {
  const { integration: name } = integration.config;
  const startFake = await fakeOf(name);
  describe(`the integration ${name}`, () => {
    if (startFake === undefined) {
      test("has a fake to be checked against", () => {
        throw new Error(noFake(name));
      });
      return;
    }
    for (const check of checkNames) {
      test(`passes: ${check}`, async () => {
        expect((await runCheck(check, integration, startFake, size)).faults ?? []).toEqual([]);
      });
    }
  });
}
