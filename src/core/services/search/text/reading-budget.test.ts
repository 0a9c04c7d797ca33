import { expect, test } from "bun:test";
import { ReadingBudget } from "./reading-budget";

test("pays for what it has, and goes on paying for less after it could not pay", () => {
  const budget = new ReadingBudget(100);
  expect(budget.pays(60)).toBe(true);
  expect(budget.pays(60)).toBe(false);
  expect(budget.pays(40)).toBe(true);
  expect(budget.pays(1)).toBe(false);
  expect(budget.pays(0)).toBe(true);
});

test("pays for what is needed in any case, and for nothing more after it", () => {
  const budget = new ReadingBudget(100);
  expect(budget.pays(250, true)).toBe(true);
  expect(budget.pays(1)).toBe(false);
});
