import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const program = resolve(import.meta.dir, "../cli.ts");

/** Runs a command whose standard output goes to a shell's end of the line. */
async function into(end: string, home: string) {
  const command = `"$0" "$1" --help ${end}; echo "code \${PIPESTATUS[0]}" >&2`;
  const shell = Bun.spawn(["bash", "-c", command, process.execPath, program], {
    env: { PATH: "/usr/bin:/bin", STONETURNER_HOME: home },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  return await new Response(shell.stderr).text();
}

test.skipIf(!existsSync("/dev/full"))(
  "an answer that cannot be written is a failure, and says why",
  async () => {
    using folder = temporaryFolder();
    expect(await into("> /dev/full", folder.path)).toBe(
      "stoneturner: The answer could not be written to standard output: ENOSPC: no space left on device, write.\ncode 1\n",
    );
  },
);

test("a reader that stops reading is none, and nothing is said", async () => {
  using folder = temporaryFolder();
  expect(await into("| true", folder.path)).toBe("code 0\n");
  expect(await into("| cat", folder.path)).toBe("code 0\n");
});
