import { expect, test } from "bun:test";
import type { SyncRun } from "@/core/models/sync";
import { run } from "../../../test/browser/fixtures";
import { lookAtRuns, type EndedMemory } from "./ended-runs";

/** What is told at each look, as ids and states. */
function toldOf(looks: readonly (readonly SyncRun[])[]): string[][] {
  let memory: EndedMemory | undefined;
  return looks.map((runs) => {
    const look = lookAtRuns(memory, runs);
    memory = look.memory;
    return look.tell.map((group) => group.map(({ id, state }) => `${id} ${state}`).join(", "));
  });
}

const as = (id: string, state: SyncRun["state"], over: Partial<SyncRun> = {}) => run({ id, state, ...over });

test("what had ended before the first look is no news, what ends later is", () => {
  expect(toldOf([[as("a", "succeeded")], [as("a", "succeeded"), as("b", "failed")]])).toEqual([
    [],
    ["b failed"],
  ]);
});

test("the runs of a source are told together, once nothing of it is under way", () => {
  expect(
    toldOf([
      [as("a", "running"), as("b", "running")],
      [as("a", "succeeded"), as("b", "running")],
      [as("a", "succeeded"), as("b", "failed")],
    ]),
  ).toEqual([[], [], ["a succeeded, b failed"]]);
});

test("that one waits for its provider is told once, and how it ends after that", () => {
  const waits = as("a", "parked", { stage: "parked" });
  expect(
    toldOf([
      [as("a", "running")],
      [waits],
      [as("a", "running")],
      [waits],
      [as("a", "running")],
      [as("a", "succeeded")],
    ]),
  ).toEqual([[], ["a parked"], [], [], [], ["a succeeded"]]);
});

test("a pause is told each time a person asks for one", () => {
  const paused = as("a", "parked", { stage: "paused" });
  expect(toldOf([[as("a", "running")], [paused], [as("a", "running")], [paused]])).toEqual([
    [],
    ["a parked"],
    [],
    ["a parked"],
  ]);
});
