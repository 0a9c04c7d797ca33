import { expect, test } from "bun:test";
import { ConflictError, InputError } from "@/core/models/errors";
import { runCli, runCommand } from "@test/cli";
import { temporaryFolder } from "@test/database";
import type { Cli } from "./context";
import { runProgram } from "./run";

/** A command line whose configuration cannot be read, and what it told. */
function broken(error: unknown, level?: string) {
  const told: string[] = [];
  const cli: Cli = {
    config: () => {
      throw error;
    },
    variable: (name) => (name === "LOG_LEVEL" ? level : undefined),
    print: (line) => void told.push(line),
    note: (line) => void told.push(line),
    draw: (text) => void told.push(text),
    colour: false,
    interactive: false,
    canAsk: false,
    columns: 80,
    signal: new AbortController().signal,
    setExitCode: () => undefined,
  };
  return { told, run: (...args: string[]) => runProgram(cli, "1.2.3", args) };
}

test("an error's class is the exit code, and its message one line", async () => {
  const wrong = broken(new InputError("Not so."));
  expect(await wrong.run("status")).toBe(2);
  expect(wrong.told).toEqual(["stoneturner: Not so."]);
  const refused = broken(new ConflictError("Not\n  now."));
  expect(await refused.run("status")).toBe(1);
  expect(refused.told).toEqual(["stoneturner: Not now."]);
});

test("the stack is shown to whoever asks for it, and help is no failure", async () => {
  const looked = broken(new Error("odd"), "debug");
  expect(await looked.run("status")).toBe(1);
  expect(looked.told.join("\n")).toMatch(/LOG_LEVEL=debug[^]*\n\s+at /);
  const asked = broken(new Error("never read"));
  expect(await asked.run("--version")).toBe(0);
  expect(asked.told).toEqual(["1.2.3"]);
});

test("a process and a call in this one give the same answers", async () => {
  using empty = temporaryFolder();
  const options = { home: empty.path };
  for (const args of [["--help"], ["search"], ["sync", "nosuch"], ["migrate"], ["status", "--json"]]) {
    const [apart, here] = [await runCli(args, options), await runCommand(args, options)];
    const same = args[0] === "migrate" ? { ...apart, stdout: "The database is up to date.\n" } : apart;
    expect(here).toEqual(same);
  }
});
