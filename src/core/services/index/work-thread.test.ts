import { describe, expect, test } from "bun:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { SqlRow } from "@/core/models/database";
import { temporaryFolder } from "@test/database";
import { workOutAll } from "./work-out";
import { WorkThread } from "./work-thread";

const row = (id: string): SqlRow => ({
  row: 1,
  id,
  integrationArtifactId: id,
  integration: "notes",
  account: "default",
  kind: "document",
  title: "Plan",
  author: null,
  artifactDate: null,
  markdown: `# Plan ${id}\n\nAnna Berg decided to pay ACME within 30 days.`,
  contentHash: `hash-${id}`,
  updateDate: "2026-01-01T00:00:00.000Z",
  keyPoints: "[]",
  questionsAnswered: "[]",
  entities: "[]",
  metadata: "{}",
  insightHash: null,
});

async function entryOf(folder: string, script: string): Promise<URL> {
  const path = join(folder, "entry.ts");
  await Bun.write(path, script);
  return pathToFileURL(path);
}

describe("the working thread", () => {
  test("gives what the process itself would, several calls at once", async () => {
    const thread = new WorkThread();
    const calls = ["a", "b", "c"].map((id) => [row(id), { ...row("bad"), kind: "no kind" }]);
    const answers = await Promise.all(calls.map((rows) => thread.workOut(rows, true)));
    thread.stop();
    expect(answers).toEqual(await Promise.all(calls.map((rows) => workOutAll(rows, true))));
    expect(answers.map(([good, bad]) => [good?.made?.state, bad])).toEqual(
      calls.map(() => ["offline", undefined]),
    );
    expect(answers[0]?.[0]?.made?.insights.entities).toContain("Anna Berg");
    expect(answers[0]?.[0]?.prepared.vectors?.content[0]).toBeInstanceOf(Float32Array);
  });

  test("that cannot start, fails or ends leaves the work to the process", async () => {
    using folder = temporaryFolder();
    const expected = await workOutAll([row("a")], true);
    const broken = `import { parentPort } from "node:worker_threads";\nparentPort?.on("message", () => {`;
    for (const script of [
      undefined,
      "throw new Error('no');",
      `${broken} throw new Error("no"); });`,
      `${broken} process.exit(1); });`,
    ]) {
      const missing = pathToFileURL(join(folder.path, "missing.ts"));
      const thread = new WorkThread(script === undefined ? missing : await entryOf(folder.path, script));
      for (let time = 0; time < 4; time++) expect(await thread.workOut([row("a")], true)).toEqual(expected);
      thread.stop();
    }
  });

  test("may be stopped at work, and works again", async () => {
    const thread = new WorkThread();
    const under = thread.workOut([row("a")], true);
    thread.stop();
    expect(await under).toEqual(await workOutAll([row("a")], true));
    expect(await thread.workOut([row("b")], true)).toEqual(await workOutAll([row("b")], true));
    thread.stop();
  });

  test("does not keep the process alive", async () => {
    using folder = temporaryFolder();
    const module = new URL("./work-thread.ts", import.meta.url).pathname;
    const script = `import { WorkThread } from ${JSON.stringify(module)};
      const done = await new WorkThread().workOut([${JSON.stringify(row("a"))}], true);
      console.log(done[0]?.made?.state);
      const made = performance.now();
      process.on("exit", () => console.log(performance.now() - made));`;
    const child = Bun.spawn([process.execPath, (await entryOf(folder.path, script)).pathname], {
      stdout: "pipe",
    });
    expect(await child.exited).toBe(0);
    const [state, lingered] = (await new Response(child.stdout).text()).split("\n");
    expect(state).toBe("offline");
    expect(Number(lingered)).toBeLessThan(4_500);
  });
});
