import { expect, test } from "bun:test";
import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const program = resolve(import.meta.dir, "../cli.ts");
/** More than a pipe holds: "reading" is said once the command reads, which then waits for more. */
const script = `
  exec 3> >(exec "$0" "$1" connect gong --stdin)
  command=$!
  head -c 200000 /dev/zero >&3
  echo reading
  kill -TERM $command
  wait $command
  echo "code $?"`;

test("a signal ends a command at once that has not asked to be told of it", async () => {
  using folder = temporaryFolder();
  const shell = Bun.spawn(["bash", "-c", script, process.execPath, program], {
    env: { PATH: "/usr/bin:/bin", STONETURNER_HOME: folder.path },
    ...{ stdin: "ignore", stderr: "ignore" },
  });
  expect(await new Response(shell.stdout).text()).toBe("reading\ncode 143\n");
});
