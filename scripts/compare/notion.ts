import { systemClock } from "@/core/services/http/clock";
import { notionIntegration } from "@/integrations/notion/integration";
import { servedArtifacts } from "@test/served-artifacts";
import { compareNotion } from "../../test/fakes/notion/compare";
import { startFake } from "../../test/fakes/notion/fake";
import type { Compare } from "./comparison";

const HOUR_MS = 3_600_000;

/** 5,000 pages, most of them in nested databases; equal means equal to the last character. */
export const compareNotionWorkspace: Compare = async (scale) => {
  const clock = { ...systemClock, ahead: 0, now: () => Date.now() + clock.ahead };
  const items = Math.max(1, Math.round(5_000 * scale));
  const fake = await startFake({ seed: 5, items, clock });
  const { world } = fake;
  // Edits of the last minutes are read again by each sync until they have settled.
  clock.ahead += HOUR_MS;
  return {
    integration: notionIntegration,
    credential: fake.credential,
    apiUrls: fake.apiUrls,
    size: `${items} pages in nested databases`,
    requests: () => fake.requests().length,
    leastRequests: fake.leastRequests,
    onRequest: (listener) => fake.faults.onRequest(() => listener?.()),
    change: (times) => {
      clock.ahead += HOUR_MS;
      const edits = Array.from({ length: 3 }, () => () => void world.edit());
      const events = [() => void world.create(), ...edits, () => void world.delete(), () => world.move()];
      for (let count = 0; count < times; count++) world.random.pick(events)();
    },
    violations: async (db) => compareNotion(fake.truth(), await servedArtifacts(db, "Notion")),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};
