import { expect, test } from "bun:test";
import { afterChoosing, choicesWith, isChosen, typedPart } from "./list-entries";

const general = { value: "general", name: "general", hint: "Acme" };
const random = { value: "random", name: "random", hint: "Acme" };
const twin = { value: "8134", name: "general", hint: "Beta" };
const choices = [general, random, twin];

test("what is typed narrows the choices; what is finished does not", () => {
  expect(typedPart("general, ra", choices)).toBe("ra");
  for (const text of ["", "general", "General, ", "general,\n", "their-own,"])
    expect(typedPart(text, choices)).toBe("");
  expect(choicesWith(choices, "ran")).toEqual([random]);
  expect(choicesWith(choices, "BETA")).toEqual([twin]);
  expect(choicesWith(choices, "nothing")).toEqual([]);
});

test("a choice takes the place of what was typed, beside what was written by hand", () => {
  expect(afterChoosing("their-own, ra", random, choices)).toBe("their-own, random, ");
  expect(afterChoosing("", twin, choices)).toBe("8134, ");
  expect(afterChoosing("general, ", random, choices)).toBe("general, random, ");
});

test("what is chosen can be let go of again, however it was written", () => {
  expect(isChosen("General, 8134", general)).toBe(true);
  expect(afterChoosing("General, 8134", general, choices)).toBe("8134, ");
  expect(isChosen("8134", general)).toBe(false);
});
