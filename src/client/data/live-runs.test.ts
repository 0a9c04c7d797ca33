import { expect, test } from "bun:test";
import { run } from "../../../test/browser/fixtures";
import { isActive, parseRun } from "./live-runs";

test("an event's data is a run, or nothing", () => {
  const sent = run({ id: "r9" });
  expect(parseRun(JSON.stringify(sent))).toEqual(sent);
  for (const data of ["", "{", "[]", '{"id":1}', undefined, 7]) expect(parseRun(data)).toBeUndefined();
});

test("queued and running runs are under way, all others are not", () => {
  const states = ["queued", "running", "succeeded", "failed", "interrupted", "cancelled", "parked"] as const;
  expect(states.filter((state) => isActive(run({ state })))).toEqual(["queued", "running"]);
});
