import { expect, test } from "bun:test";
import { EntityCounter } from "./entity-counter";

test("counts artifacts, not mentions, without regard to case, in the most frequent spelling", () => {
  const counter = new EntityCounter();
  counter.add(["Acme", "ACME", "acme"]);
  counter.add(["acme"]);
  counter.add(["acme", "Berlin"]);
  expect(counter.top(5)).toEqual([
    { entity: "acme", count: 3 },
    { entity: "Berlin", count: 1 },
  ]);
});

test("ties stand in the order of their names, whatever order they came in", () => {
  const counter = new EntityCounter();
  for (const name of ["C", "A", "B"]) counter.add([name]);
  expect(counter.top(2).map(({ entity }) => entity)).toEqual(["A", "B"]);
});

test("keeps the frequent names, with their counts, among any number of rare ones", () => {
  const counter = new EntityCounter();
  for (let i = 0; i < 120_000; i++) counter.add(["Acme", `rare ${i}`]);
  expect(counter.top(1)).toEqual([{ entity: "Acme", count: 120_000 }]);
});
