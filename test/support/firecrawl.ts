/** The program connected to Firecrawl's stand-in, for its tests. */
import type { SyncTrigger } from "@/core/models/sync";
import { firecrawlIntegration } from "@/integrations/firecrawl/integration";
import { startFirecrawl } from "../fakes/firecrawl/fake";
import { connectedApp } from "./fake-app";
import { fastClock } from "./fast-clock";

export async function firecrawl(items = 0, { home }: { home?: string } = {}) {
  const clock = fastClock();
  const fake = await startFirecrawl({ seed: 7, items, clock });
  const where = home === undefined ? {} : { home };
  const place = await connectedApp(firecrawlIntegration, fake, { clock, connect: false, ...where });
  return {
    ...place,
    fake,
    clock,
    world: fake.world,
    connect: (changes: Record<string, unknown> = {}) =>
      place.app.credentials.save(firecrawlIntegration, { ...fake.credential, ...changes }),
    /** A sync that nobody has asked for by hand. */
    syncAs: async (trigger: SyncTrigger, mode: "full" | "incremental" = "incremental") => {
      const [started] = await place.app.runner.start({ integration: "Firecrawl", mode, trigger });
      return place.app.runner.wait(started?.runId ?? "");
    },
    rows: (table: "firecrawlPage" | "firecrawlSite") =>
      place.app.db.raw.all(`SELECT * FROM "${table}" ORDER BY 2`),
    markdown: async (key: string) => (await place.served()).get(key)?.markdown,
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}
