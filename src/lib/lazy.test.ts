import { expect, test } from "bun:test";
import { lazy } from "./lazy";

test("a value is made when it is first asked for, and once, whatever it is", () => {
  let made = 0;
  const nothing = lazy(() => {
    made++;
    return undefined;
  });
  expect(made).toBe(0);
  expect([nothing(), nothing()]).toEqual([undefined, undefined]);
  expect(made).toBe(1);
});

test("what could not be made is tried again", () => {
  let tries = 0;
  const second = lazy(() => {
    if (++tries === 1) throw new Error("not yet");
    return tries;
  });
  expect(second).toThrow("not yet");
  expect(second()).toBe(2);
});
