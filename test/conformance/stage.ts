/** What one check works with: the program, one integration connected to its fake, and a clock that runs fast. */
import type { Integration } from "@/core/models/integration";
import type { SyncMode, SyncRun } from "@/core/models/sync";
import { type ConnectedApp, connectedApp, differences } from "@test/fake-app";
import { fastClock } from "@test/fast-clock";
import { structureViolations } from "@test/invariants";
import type { FakeSource, StartFake } from "../fakes/fake";

export interface Size {
  seed: number;
  /** Items at the start. */
  items: number;
  /** At how many places a sync is killed. */
  kills: number;
  /** How many random worlds are tried. */
  worlds: number;
}

/** What a check found: faults in words; undefined where the provider has nothing of the kind. */
export type Finding = readonly string[] | undefined;

export interface Check {
  name: string;
  /** What a person does when it fails. */
  hint: string;
  /** Whether it is about an account that was connected by consent, where the provider has that. */
  byConsent?: boolean;
  run: (stage: Stage, size: Size) => Promise<Finding>;
}

export interface Stage extends AsyncDisposable, ConnectedApp {
  integration: Integration;
  fake: FakeSource;
  clock: ReturnType<typeof fastClock>;
  /** One sync to its end; a fault in words where it did not succeed. */
  synced: (mode?: SyncMode) => Promise<string[]>;
  /** What is served against what the fake holds, and the database against its invariants. */
  compare: () => Promise<string[]>;
}

export interface StageOptions {
  integration: Integration;
  startFake: StartFake;
  size: Size;
  /** A data folder of the caller's. */
  home?: string;
  byConsent?: boolean;
}

export async function openStage({
  integration,
  startFake,
  size,
  home,
  byConsent = false,
}: StageOptions): Promise<Stage> {
  const clock = fastClock();
  const fake = await startFake({ seed: size.seed, items: size.items, clock });
  const place = await connectedApp(integration, fake, {
    clock,
    byConsent,
    ...(home === undefined ? {} : { home }),
  });
  return {
    ...place,
    integration,
    fake,
    clock,
    synced: async (mode = "full") => failureOf(await place.sync(mode)),
    compare: async () => [
      ...differences(await place.served(), fake),
      ...(await structureViolations(place.app.db)),
    ],
    [Symbol.asyncDispose]: async () => {
      await place[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

/** Nothing for a sync that succeeded, else what became of it. */
export function failureOf({ mode, state, error, failed }: SyncRun): string[] {
  if (state !== "succeeded") return [`a ${mode} sync ended as ${state}: ${error ?? "no reason given"}`];
  return failed > 0 ? [`${failed} items failed in a ${mode} sync`] : [];
}
