import { expect, test } from "bun:test";
import { askedOnce } from "./asked-once";

test("whoever comes meanwhile or later has the first answer", async () => {
  let asked = 0;
  const get = askedOnce(async () => ++asked);
  expect(await Promise.all([get(), get()])).toEqual([1, 1]);
  expect(await get()).toBe(1);
});

test("those who wait for a failure have it, and whoever comes next asks anew", async () => {
  let asked = 0;
  const get = askedOnce(async () => {
    if (++asked === 1) throw new Error("down");
    return asked;
  });
  const waiting = await Promise.allSettled([get(), get()]);
  expect(waiting.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(asked).toBe(1);
  expect(await get()).toBe(2);
  expect(await get()).toBe(2);
});
