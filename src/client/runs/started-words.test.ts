import { expect, test } from "bun:test";
import { startedWords } from "./started-words";

test("a sync that was under way already does not pass for the one that was asked for", () => {
  const run = (alreadyRunning: boolean) => ({ runId: "r", account: "a", alreadyRunning });
  const words = (...runs: ReturnType<typeof run>[]) => startedWords("Full sync of Gong", { runs });
  expect(words(run(false), run(false))).toBe("Full sync of Gong has started.");
  expect(words(run(true))).toBe("A sync is under way already. Ask again once it has ended.");
  expect(words(run(true), run(false))).toBe(
    "Full sync of Gong has started, but for 1 account with a sync under way already.",
  );
});
