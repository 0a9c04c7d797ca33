/** The suite that every registered integration passes, against the fake of its provider. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { messageOf } from "@/core/models/errors";
import type { Integration } from "@/core/models/integration";
import type { StartFake } from "../fakes/fake";
import { faultChecks } from "./fault-checks";
import { houseChecks } from "./house-checks";
import { killCheck, killHint } from "./kill-check";
import { type Check, type Finding, openStage, type Size } from "./stage";
import { truthChecks } from "./truth-checks";
import { worldsCheck, worldsHint } from "./worlds-check";

const fakes = resolve(import.meta.dir, "../fakes");
const stageChecks: readonly Check[] = [...truthChecks, ...faultChecks, ...houseChecks];

/** Checks that open programs and fakes of their own. */
interface OwnCheck extends Pick<Check, "name" | "hint"> {
  run: (integration: Integration, startFake: StartFake, size: Size) => Promise<Finding>;
}
const ownChecks: readonly OwnCheck[] = [
  { name: "resume at every page", hint: killHint, run: killCheck },
  { name: "random worlds", hint: worldsHint, run: worldsCheck },
];

export interface Result {
  check: string;
  hint: string;
  /** Undefined: this provider has nothing of the kind. */
  faults: Finding;
  ms: number;
}

/** What is checked, by name, in the order of the report. */
export const checkNames: readonly string[] = [...stageChecks, ...ownChecks].map(({ name }) => name);

/** The fake of an integration, found by its name; undefined where there is none. */
export async function fakeOf(integration: string): Promise<StartFake | undefined> {
  const path = join(fakes, integration.toLowerCase().replaceAll(" ", "-"), "fake.ts");
  if (!existsSync(path)) return undefined;
  // Found by path, so that a new integration's fake needs no registering.
  const module = (await import(path)) as { startFake?: StartFake };
  return module.startFake;
}

/** What a person is told of an integration that cannot be checked. */
export function noFake(integration: string): string {
  const folder = integration.toLowerCase().replaceAll(" ", "-");
  return `${integration} has no fake to be checked against: write test/fakes/${folder}/fake.ts, which exports startFake.`;
}

/** Runs one check on a fresh program, folder and fake. Never throws: what breaks is a fault. */
export async function runCheck(
  name: string,
  integration: Integration,
  startFake: StartFake,
  size: Size,
): Promise<Result> {
  const began = performance.now();
  const check = stageChecks.find((one) => one.name === name);
  const own = ownChecks.find((one) => one.name === name);
  const judge = async (): Promise<Finding> => {
    if (own !== undefined) return own.run(integration, startFake, size);
    if (check === undefined) throw new Error(`There is no check '${name}'.`);
    await using stage = await openStage({
      integration,
      startFake,
      size,
      byConsent: check.byConsent ?? false,
    });
    return await check.run(stage, size);
  };
  const faults = await judge().catch((error: unknown) => [`the check broke: ${messageOf(error)}`]);
  return { check: name, hint: (own ?? check)?.hint ?? "", faults, ms: performance.now() - began };
}
