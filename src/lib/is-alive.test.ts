import { expect, test } from "bun:test";
import { isAlive } from "./is-alive";

test("a process is alive until it has ended, also one that belongs to someone else", async () => {
  expect([isAlive(process.pid), isAlive(1)]).toEqual([true, true]);
  const child = Bun.spawn([process.execPath, "-e", "setInterval(() => {}, 1000)"]);
  expect(isAlive(child.pid)).toBe(true);
  child.kill("SIGKILL");
  await child.exited;
  expect(isAlive(child.pid)).toBe(false);
});
