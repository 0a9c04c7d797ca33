/** `try-integration`: the whole program on a fake, for looking at a new source in the page before its real key is there. */
import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { temporaryFolder } from "@test/database";

const root = resolve(import.meta.dir, "..");

function start(temporary: string, ...args: string[]) {
  return Bun.spawn([process.execPath, resolve(root, "scripts/try-integration.ts"), ...args], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", HOME: temporary, TMPDIR: temporary },
    stdin: "pipe",
    stdout: "pipe",
    stderr: "ignore",
  });
}

/** Resolves with the match once the text that comes holds it. */
async function until(stream: ReadableStreamDefaultReader<Uint8Array>, wanted: RegExp): Promise<string> {
  for (let said = ""; ;) {
    const { value, done } = await stream.read();
    if (done) throw new Error(`It ended without ${wanted}: ${said}`);
    said += new TextDecoder().decode(value);
    const found = wanted.exec(said);
    if (found !== null) return found[1] ?? found[0];
  }
}

test("a source is connected to its fake and synced, follows what is typed, and leaves nothing", async () => {
  using folder = temporaryFolder();
  await using trial = start(folder.path, "zendesk", "--items", "6");
  const out = trial.stdout.getReader();
  const page = await until(
    out,
    /syncs: (http\S+)\/sources\/Zendesk\nType what is to happen there \(create, /,
  );
  const served = async (count: number) => {
    for (;;) {
      const answer = await fetch(`${page}/api/artifacts/Zendesk`);
      const { total } = (await answer.json()) as { total: number };
      if (total === count) return;
      await Bun.sleep(50);
    }
  };
  await served(6);
  void trial.stdin.write("create\nsnow\n");
  await until(out, /create: zendesk:(?:article|ticket):\d+\nThere is no 'snow'\./);
  // A sync that is asked for while one runs is the one that runs: it may have listed before.
  const again = setInterval(() => void trial.stdin.write("sync\n"), 500);
  await served(7).finally(() => clearInterval(again));
  trial.kill("SIGINT");
  expect(await trial.exited).toBe(0);
  expect(readdirSync(folder.path).filter((name) => name.startsWith("stoneturner-try-"))).toEqual([]);
}, 60_000);

test.each([
  ["google-drive", "Google Drive"],
  // One whose form has to say more than the application.
  ["sharepoint", "SharePoint"],
])(
  "%p, which is connected by consent, goes over its provider's page and back",
  async (given, name) => {
    using folder = temporaryFolder();
    await using trial = start(folder.path, given, "--items", "4");
    await until(trial.stdout.getReader(), new RegExp(`${name} is connected to its fake and syncs`));
    trial.kill("SIGTERM");
    expect(await trial.exited).toBe(0);
  },
  60_000,
);
