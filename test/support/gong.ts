/** The whole program with a stand-in for Gong as its source, and the usual things to do with both. */
import { eq } from "drizzle-orm";
import { syncItem } from "@/core/db/schema";
import type { CredentialInput } from "@/core/models/credential";
import { gongIntegration } from "@/integrations/gong/integration";
import { type GongFake, type GongFakeOptions, startGong } from "../fakes/gong/fake";
import { keyOf } from "../fakes/gong/world";
import { connectedApp, differences } from "./fake-app";
import { fastClock } from "./fast-clock";

export interface GongAppOptions extends GongFakeOptions {
  /** What a person chose. */
  options?: CredentialInput["options"];
  /** An existing data folder, with its account. */
  home?: string;
  /** A stand-in that goes on living, on its clock. */
  running?: { fake: GongFake; clock: ReturnType<typeof fastClock> };
}

/** `await using place = await gong(23);` */
export async function gong(items: number, options: GongAppOptions = {}) {
  const { home, running } = options;
  const clock = running?.clock ?? fastClock();
  const fake = running?.fake ?? (await startGong({ seed: 7, items, clock, ...options }));
  if (options.options !== undefined) fake.credential.options = options.options;
  const place = await connectedApp(gongIntegration, fake, {
    clock,
    ...(home === undefined ? {} : { home, connect: false }),
  });
  return {
    ...place,
    integration: gongIntegration,
    clock,
    fake,
    asked: (part: string) => fake.requests().filter(({ path }) => path.includes(part)).length,
    /** Artifacts of which more is to come. */
    pending: async () => {
      const rows = await place.app.db.select().from(syncItem).where(eq(syncItem.state, "pending"));
      return rows.map(({ itemKey }) => keyOf(itemKey));
    },
    /** Lets the time come at which pending calls are asked for again. */
    makeDue: () => place.app.db.update(syncItem).set({ nextAttemptAt: new Date(0).toISOString() }),
    differences: async () => differences(await place.served(), fake),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      if (running === undefined) await fake[Symbol.asyncDispose]();
    },
  };
}
