/** What `check-integration` and `try-integration` say of wrong arguments: nothing passes that was not looked at. */
import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { runBun } from "@test/project-copy";

const root = resolve(import.meta.dir, "..");
const wrong: [string, string[], string][] = [
  ["check", ["zendesk", "--only", "random world"], "There is no check 'random world'. There are: complete, "],
  ["check", ["zendesk", "--items", "many"], "--items takes a whole number, not 'many'."],
  ["check", ["zendesk", "--worlds"], "Usage: bun run check-integration NAME. There are Files, "],
  ["check", [], "Usage: bun run check-integration NAME. There are Files, "],
  ["check", ["zendesc"], "There is no integration 'zendesc'; did you mean Zendesk?"],
  ["try", ["zendesk", "--port", "-1"], "Usage: bun run try-integration NAME"],
  ["try", ["zendesk", "--port", "any"], "--port takes a whole number, not 'any'."],
  ["try", [], "Usage: bun run try-integration NAME"],
];
test.each(wrong)(
  "%s-integration %p ends in words",
  async (script, given, words) => {
    const { code, said } = await runBun(root, `scripts/${script}-integration.ts`, ...given);
    expect([code, said]).toEqual([1, expect.stringContaining(words)]);
    expect(said).not.toContain("    at ");
  },
  60_000,
);

test("one check alone is run, and reported", async () => {
  const { code, said } = await runBun(
    root,
    "scripts/check-integration.ts",
    ...["zendesk", "--only", "complete", "--items", "3"],
  );
  expect([code, said]).toEqual([0, expect.stringContaining("| complete | passed |")]);
}, 60_000);
