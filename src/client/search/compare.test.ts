import { expect, test } from "bun:test";
import { movesAgainst } from "./compare";

const list = (...ids: string[]) => ids.map((id) => ({ id }));

test("a hit has moved by the places between both lists", () => {
  expect([...movesAgainst(list("b", "a", "c"), list("a", "b"))]).toEqual([
    ["b", 1],
    ["a", -1],
    ["c", "new"],
  ]);
  expect([...movesAgainst([], list("a"))]).toEqual([]);
});
