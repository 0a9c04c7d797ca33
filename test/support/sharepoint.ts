/** The program with an account of SharePoint, connected to its stand-in by consent. */
import type { JsonValue } from "@/core/models/artifact";
import { sharepointIntegration } from "@/integrations/sharepoint/integration";
import { CLIENT, startSharePoint, TENANT } from "../fakes/sharepoint/fake";
import { type FakeItem, keyOf } from "../fakes/sharepoint/world";
import { connectedApp, differences } from "./fake-app";
import { fastClock } from "./fast-clock";

/** `await using place = await sharepoint({ sites: "…" });` with settings as a person fills them in. */
export async function sharepoint(options: Record<string, JsonValue> = {}, pageSize = 50) {
  const clock = fastClock();
  const fake = await startSharePoint({ seed: 7, items: 0, clock, pageSize });
  const credential = {
    integration: "SharePoint",
    accessKey: CLIENT.id,
    secretKey: CLIENT.secret,
    options: { tenant: TENANT, ...options },
  };
  const place = await connectedApp(sharepointIntegration, { ...fake, credential }, { clock });
  const [harbour, finance] = fake.world.sites;
  const [documents, plans] = harbour?.drives ?? [];
  if (harbour === undefined || finance === undefined || documents === undefined || plans === undefined)
    throw new Error("The stand-in has two sites and their libraries.");
  return {
    ...place,
    fake,
    world: fake.world,
    ...{ harbour, finance, documents, plans },
    keys: async () => [...(await place.served()).keys()].sort(),
    markdown: async (item: FakeItem) => (await place.served()).get(keyOf(item))?.markdown ?? "",
    /** How what is served differs from what the stand-in holds. */
    differences: async () => differences(await place.served(), fake),
    /** Why items failed or were left out, one after the other. */
    reasons: async () => {
      const rows = await place.app.db.raw.all(
        "SELECT error FROM syncTask WHERE status = 'FAILED' AND error IS NOT NULL",
      );
      return rows.map((row) => String(row["error"])).join("\n");
    },
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
