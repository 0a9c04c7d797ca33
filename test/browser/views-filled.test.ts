/** Every view with everything in it: no fault that axe finds, no error, no sideways scroll, no jump. */
import { afterAll, beforeAll, setDefaultTimeout, test } from "bun:test";
import { startViewChecker, type ViewChecker } from "./check-view";
import { views } from "./views";

/** Tests wait for each other in the queue, and that counts. */
setDefaultTimeout(300_000);
let checker: ViewChecker;

beforeAll(async () => {
  checker = await startViewChecker(["filled"]);
});
afterAll(() => checker[Symbol.asyncDispose]());

for (const view of views) {
  test.concurrent(`the ${view.name} view is sound when filled`, () => checker.check(view, "filled"));
}
