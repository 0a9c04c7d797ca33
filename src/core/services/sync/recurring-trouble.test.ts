import { expect, test } from "bun:test";
import { RecurringTrouble } from "./recurring-trouble";

test("is told when it is new, when it changes, after it was over, and now and then while it lasts", () => {
  let time = 0;
  const trouble = new RecurringTrouble(() => time);
  const told: string[] = [];
  const full = Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" });
  const came = (error: Error) => trouble.came(error, ({ reason }) => void told.push(reason));
  for (; time < 3_600_000; time += 5_000) came(full);
  expect(told).toHaveLength(6);
  expect(told[0]).toStartWith("The disk that holds the data folder is full. Free some space");
  came(new Error("other"));
  came(full);
  came(full);
  expect(told.slice(6)).toEqual(["other", told[0] ?? ""]);
  trouble.over();
  came(full);
  expect(told).toHaveLength(9);
});

test("comes with the error itself where it is no trouble of the disk", () => {
  const errors: unknown[] = [];
  const thrown = new Error("a defect");
  new RecurringTrouble().came(thrown, ({ error }) => errors.push(error));
  const full = Object.assign(new Error("full"), { code: "SQLITE_FULL" });
  new RecurringTrouble().came(full, ({ error }) => errors.push(error));
  expect(errors).toEqual([thrown, undefined]);
});
