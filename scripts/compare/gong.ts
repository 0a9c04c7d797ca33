import { systemClock } from "@/core/services/http/clock";
import { gongIntegration } from "@/integrations/gong/integration";
import { gongViolations } from "@test/gong-truth";
import { startGong } from "../../test/fakes/gong/fake";
import type { Compare } from "./comparison";

/** 2,000 calls of 60 days. Updates see changes of the last 14 days, so only calls of these change. */
export const compareGong: Compare = async (scale) => {
  const items = Math.max(1, Math.round(2_000 * scale));
  const options = { users: 40, days: 60, changesWithinDays: 13, perSecond: 3, pageSize: 100 };
  const fake = await startGong({ seed: 9, items, clock: systemClock, ...options });
  const { world } = fake;
  const unprocessed: string[] = [];
  const { random } = world;
  const events = [
    () => void world.create(),
    ...Array.from({ length: 3 }, () => () => void world.edit()),
    () => void world.delete(),
    () => void world.hide(),
    () => void unprocessed.push(world.createUnprocessed()),
    () => world.finish(unprocessed.shift() ?? ""),
  ];
  return {
    integration: gongIntegration,
    credential: fake.credential,
    apiUrls: fake.apiUrls,
    size: `${items} calls of 60 days`,
    requests: () => fake.requests().length,
    leastRequests: fake.leastRequests,
    onRequest: (listener) => void (fake.server.listener = listener),
    change: (times) => {
      for (let count = 0; count < times; count++) random.pick(events)();
    },
    violations: (db) => gongViolations(db, world),
    [Symbol.asyncDispose]: () => fake[Symbol.asyncDispose](),
  };
};
