/** The whole program with a fake workspace as its source, and the usual things to do with both. */
import { notionIntegration } from "@/integrations/notion/integration";
import { connectedApp, type ConnectedApp } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { compareNotion } from "./compare";
import { type NotionFake, startFake } from "./fake";

export interface NotionApp extends ConnectedApp {
  fake: NotionFake;
  /** Lets time pass, at the provider and here. */
  skip: (ms: number) => void;
  /** Where what is served and what ought to be differ, to the last character; empty when all is well. */
  differences: () => Promise<string[]>;
}

export interface NotionAppOptions {
  items?: number;
  seed?: number;
  /** An existing data folder. */
  home?: string;
  /** A fake that goes on living. */
  fake?: NotionFake;
  clock?: ReturnType<typeof fastClock>;
  /** What a person chose. */
  options?: Record<string, string>;
}

/** `await using notion = await notionApp({ items: 40 });` */
export async function notionApp(options: NotionAppOptions = {}): Promise<NotionApp> {
  const { items = 0, seed = 7, home, clock = fastClock() } = options;
  const fake = options.fake ?? (await startFake({ seed, items, clock }));
  const place = await connectedApp(notionIntegration, fake, {
    clock,
    connect: false,
    ...(home === undefined ? {} : { home }),
  });
  await place.app.credentials.save(notionIntegration, { ...fake.credential, options: options.options ?? {} });
  return {
    ...place,
    fake,
    skip: clock.skip,
    differences: async () => compareNotion(fake.truth(), await place.served()),
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      if (options.fake === undefined) await fake[Symbol.asyncDispose]();
    },
  };
}
