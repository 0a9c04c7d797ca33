import { expect, test } from "bun:test";
import { sideBySide } from "./side-by-side";

test("runs a few at a time, yields what comes first, and lets each go on only when the taker is back", async () => {
  const log: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const of = (name: string) =>
    async function* () {
      log.push(`${name} starts`);
      const gate = Promise.withResolvers<void>();
      gates.set(name, gate);
      await gate.promise;
      yield `${name}1`;
      log.push(`${name} goes on`);
      yield `${name}2`;
    };
  const pieces = sideBySide([of("a"), of("b"), of("c")], 2);
  const first = pieces.next();
  await Promise.resolve();
  expect(log).toEqual(["a starts", "b starts"]);
  gates.get("b")?.resolve();
  expect((await first).value).toBe("b1");
  expect(log).not.toContain("b goes on");
  const rest: string[] = ["b1"];
  gates.get("a")?.resolve();
  for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
    rest.push(next.value);
    gates.get("c")?.resolve();
  }
  expect(rest.toSorted()).toEqual(["a1", "a2", "b1", "b2", "c1", "c2"]);
});

test("passes on the first error, after the others came to rest", async () => {
  let rested = false;
  // oxlint-disable-next-line require-yield -- it fails before it has anything to give
  const fails = async function* (): AsyncGenerator<string, void, undefined> {
    throw new Error("closed");
  };
  const slow = async function* (): AsyncGenerator<string, void, undefined> {
    await Promise.resolve();
    rested = true;
    yield "late";
  };
  const taken = Array.fromAsync(sideBySide([slow, fails], 2));
  await expect(taken).rejects.toThrow("closed");
  await taken.catch(() => undefined);
  expect(rested).toBe(true);
});
