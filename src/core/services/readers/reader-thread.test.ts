import { afterEach, describe, expect, test } from "bun:test";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { failureOf, fileOf, pdfOf } from "./fixtures";
import { memoryThereIs, ReaderThread } from "./reader-thread";

const folders: string[] = [];
const threads: ReaderThread[] = [];
afterEach(async () => {
  for (const thread of threads.splice(0)) thread.stop();
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

/** A thread that does `work` with each message, in place of reading it. */
async function threadThat(work: string, limit = 5_000, mostGrowth?: number): Promise<ReaderThread> {
  const folder = await mkdtemp(join(tmpdir(), "reader-"));
  folders.push(folder);
  const entry = join(folder, "entry.ts");
  const code = `import { parentPort } from "node:worker_threads";\nparentPort.on("message", (message) => { ${work} });`;
  await writeFile(entry, code);
  return kept(new ReaderThread(limit, pathToFileURL(entry), mostGrowth));
}

function kept(thread: ReaderThread): ReaderThread {
  threads.push(thread);
  return thread;
}

const ENDLESS_ON_A = `if (message.path === "a.txt") for (;;) {}
  parentPort.postMessage({ outcome: "read", document: null });`;

describe("the reading thread", () => {
  test("reads files one after the other, and leaves the caller's bytes alone", async () => {
    const thread = kept(new ReaderThread(10_000));
    const input = fileOf("a.pdf", pdfOf([[[11, 700, "Words"]]]));
    const read = await Promise.all([
      thread.read(input),
      thread.read(input),
      thread.read(fileOf("b.txt", "x")),
    ]);
    expect(read.map((document) => document?.markdown)).toEqual(["Words", "Words", "x"]);
    expect(input.bytes.length).toBe(input.size);
  });

  test("hands back what is wrong with a file, with the next step and the cause", async () => {
    const reading = kept(new ReaderThread(10_000)).read(fileOf("a.pdf", "no"));
    expect(await failureOf(reading)).toMatchObject({
      code: "item_failed",
      message: "a.pdf is damaged and cannot be read.",
      action: "Open it in a PDF viewer and save it again, or leave the file out.",
      cause: expect.any(Error),
    });
  });

  test("ends a file that takes too long, and reads the next one", async () => {
    const thread = await threadThat(ENDLESS_ON_A, 500);
    const slow = thread.read(fileOf("a.txt", "x"));
    let next = thread.read(fileOf("b.txt", "x"));
    expect(await failureOf(slow)).toMatchObject({
      code: "item_failed",
      message: "a.txt takes too long to read.",
    });
    // On a busy machine the new thread itself may not be there within the limit: then it is for the one after.
    const isLate = () =>
      next.then(
        () => false,
        (error: unknown) => String(error).includes("too long"),
      );
    while (await isLate()) next = thread.read(fileOf("b.txt", "x"));
    expect(await next).toBeNull();
  });

  test("ends a file that takes too much memory, and reads the next one", async () => {
    const greedy = `const kept = []; if (message.path === "a.txt") for (;;) kept.push(new Uint8Array(1e6).fill(1));
      parentPort.postMessage({ outcome: "read", document: null });`;
    const thread = await threadThat(greedy, 60_000, 300e6);
    const large = thread.read(fileOf("a.txt", "x"));
    const next = thread.read(fileOf("b.txt", "x"));
    expect(await failureOf(large)).toMatchObject({
      code: "item_failed",
      message: "a.txt needs more than this computer has to be read.",
    });
    expect(await next).toBeNull();
  });

  test("stops at once when the sync is called off, and what waits does not begin", async () => {
    const thread = await threadThat(ENDLESS_ON_A);
    const sync = new AbortController();
    const first = thread.read(fileOf("a.txt", "x", { signal: sync.signal }));
    const second = thread.read(fileOf("a.txt", "x", { signal: sync.signal }));
    setTimeout(() => sync.abort(), 100);
    expect(await failureOf(first)).toMatchObject({ code: "cancelled" });
    expect(await failureOf(second)).toMatchObject({ code: "cancelled" });
    expect(await thread.read(fileOf("b.txt", "x"))).toBeNull();
  });

  test("that dies over a file fails that file", async () => {
    const thread = await threadThat("process.exit(3);");
    expect(await failureOf(thread.read(fileOf("a.txt", "x")))).toMatchObject({ code: "item_failed" });
  });

  test("that cannot work at all says so, for good", async () => {
    const thread = await threadThat("throw new Error('boom');");
    expect(await failureOf(thread.read(fileOf("a.txt", "x")))).toMatchObject({
      code: "permanent",
      message: "The thread that reads documents has failed: boom",
    });
  });

  test("does not keep the process alive", async () => {
    const entry = join(import.meta.dir, "reader-thread.ts");
    const script = `import { ReaderThread } from ${JSON.stringify(entry)};
      const input = { path: "a.txt", bytes: new Uint8Array([65]), size: 1, truncated: false, signal: new AbortController().signal };
      console.log((await new ReaderThread(60_000).read(input)).markdown);
      const read = performance.now();
      process.on("exit", () => console.log(performance.now() - read));`;
    const run = Bun.spawnSync([process.execPath, "-e", script], { cwd: process.cwd() });
    const [text, lingered] = run.stdout.toString().split("\n");
    expect(text).toBe("A");
    // A thread that has nothing to do is ended after five seconds.
    expect(Number(lingered)).toBeLessThan(4_500);
  });
});

test.each([
  { limit: 4e9, machine: 8e9, there: 4e9 },
  // As runtimes say that nothing limits the process.
  { limit: 0, machine: 8e9, there: 8e9 },
  { limit: 2 ** 64, machine: 8e9, there: 8e9 },
])("memory there is with a limit of $limit bytes on a machine of $machine", ({ limit, machine, there }) => {
  expect(memoryThereIs(limit, machine)).toBe(there);
});
