/** Random worlds: whatever happens, fails and is stopped, it comes to what the provider holds. */
import type { Integration } from "@/core/models/integration";
import type { StartFake } from "../fakes/fake";
import { randomWorld } from "./random-world";
import type { Finding, Size } from "./stage";

export const worldsHint =
  "Read what happened before the fault: is it in a page that was passed over, or in what the version mark leaves out? Where a new installation differs as well, the fake's snapshot() and render() disagree.";

/** As many worlds as `size` says, one seed each. Undefined for a fake that does not say what happens at its provider. */
export async function worldsCheck(
  integration: Integration,
  startFake: StartFake,
  { seed, worlds }: Size,
): Promise<Finding> {
  for (let world = 0; world < worlds; world++) {
    const found = await randomWorld(integration, startFake, seed + world);
    if (found === undefined) return undefined;
    if (found.length > 0) return found.map((what) => `seed ${seed + world}: ${what}`);
  }
  return [];
}
