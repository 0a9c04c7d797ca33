import { expect, test } from "bun:test";
import { join } from "node:path";
import { temporaryDatabase } from "@test/database";

/** A program that starts a statement without end, tells the pid of the process that runs it, and waits. */
const program = (databasePath: string) => `
  import { startSandboxProcess } from ${JSON.stringify(join(import.meta.dir, "child-process.ts"))};
  const child = await startSandboxProcess(${JSON.stringify(databasePath)}, []);
  console.log(child.pid);
  await child.ask({ kind: "query", id: 1, sql: "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c" }, 60_000);
`;

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test("the process ends with a server that was killed, even in the middle of a statement", async () => {
  await using database = await temporaryDatabase();
  const parent = Bun.spawn([process.execPath, "-e", program(database.path)], {
    cwd: join(import.meta.dir, "../../../.."),
    stdout: "pipe",
    stderr: "inherit",
  });
  const { value } = await parent.stdout.getReader().read();
  const pid = Number(new TextDecoder().decode(value).trim());
  expect(isAlive(pid)).toBe(true);
  await Bun.sleep(300);
  parent.kill("SIGKILL");
  await parent.exited;
  while (isAlive(pid)) await Bun.sleep(50);
});
