/** Every view without its data, because there is none, it cannot be had, or it is under way. */
import { afterAll, beforeAll, describe, setDefaultTimeout, test } from "bun:test";
import { startViewChecker, type ViewChecker } from "./check-view";
import { views } from "./views";

/** Tests wait for each other in the queue, and that counts. */
setDefaultTimeout(300_000);
const moods = ["empty", "error", "loading"] as const;
let checker: ViewChecker;

beforeAll(async () => {
  checker = await startViewChecker(moods);
});
afterAll(() => checker[Symbol.asyncDispose]());

for (const view of views) {
  describe(`the ${view.name} view`, () => {
    for (const mood of moods) test.concurrent(`is sound when ${mood}`, () => checker.check(view, mood));
  });
}
