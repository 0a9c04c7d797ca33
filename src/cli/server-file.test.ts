import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { processMark } from "@/lib/is-alive";
import { temporaryFolder } from "@test/database";
import { announceServer, runningServer } from "./server-file";

test("a server is found while it runs, and not after it took itself back", () => {
  using folder = temporaryFolder();
  const config = { home: folder.path, devMode: false };
  expect(runningServer(config)).toBeUndefined();
  const withdraw = announceServer(config, "http://127.0.0.1:9000");
  expect(runningServer(config)).toMatchObject({ pid: process.pid, url: "http://127.0.0.1:9000" });
  expect(runningServer({ ...config, devMode: true })).toBeUndefined();
  expect(statSync(join(folder.path, ".cache/server.json")).mode & 0o777).toBe(0o600);
  withdraw();
  expect(runningServer(config)).toBeUndefined();
});

test("a server does not take back what a later one has written", () => {
  using folder = temporaryFolder();
  const config = { home: folder.path, devMode: false };
  const withdraw = announceServer(config, "http://127.0.0.1:9000");
  const path = join(folder.path, ".cache/server.json");
  writeFileSync(path, JSON.stringify({ pid: 1, url: "http://127.0.0.1:9001" }));
  withdraw();
  expect(readFileSync(path, "utf8")).toContain("9001");
});

test.skipIf(processMark(process.pid) === undefined)(
  "a server that was killed is not taken for the program that has its number now",
  async () => {
    using folder = temporaryFolder();
    const config = { home: folder.path, devMode: false };
    const path = join(folder.path, ".cache/server.json");
    announceServer(config, "http://127.0.0.1:9000");
    const left: unknown = JSON.parse(readFileSync(path, "utf8"));
    const other = Bun.spawn(["sleep", "60"]);
    writeFileSync(path, JSON.stringify({ ...Object(left), pid: other.pid }));
    expect(runningServer(config)).toBeUndefined();
    writeFileSync(path, JSON.stringify({ pid: other.pid, url: "http://a.b", mark: processMark(other.pid) }));
    expect(runningServer(config)).toMatchObject({ pid: other.pid });
    other.kill();
    await other.exited;
    expect(runningServer(config)).toBeUndefined();
  },
);

test("a second server leaves the first one to be found when it stops, where that one still runs", async () => {
  using folder = temporaryFolder();
  const config = { home: folder.path, devMode: false };
  const path = join(folder.path, ".cache/server.json");
  mkdirSync(dirname(path));
  const first = Bun.spawn(["sleep", "60"]);
  const file = JSON.stringify({ pid: first.pid, url: "http://127.0.0.1:9000", mark: processMark(first.pid) });
  writeFileSync(path, file);
  const withdraw = announceServer(config, "http://127.0.0.1:9001");
  expect(runningServer(config)?.url).toBe("http://127.0.0.1:9001");
  withdraw();
  expect(runningServer(config)?.url).toBe("http://127.0.0.1:9000");
  const again = announceServer(config, "http://127.0.0.1:9001");
  first.kill();
  await first.exited;
  again();
  expect(existsSync(path)).toBe(false);
});

test.each(["", "{", '{"pid":"x"}', '{"pid":-1,"url":"http://a"}', '{"pid":999999999,"url":"http://a.b"}'])(
  "a file that a dead process left as %p is no server",
  (text) => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, ".cache"));
    writeFileSync(join(folder.path, ".cache/server.json"), text);
    expect(runningServer({ home: folder.path, devMode: false })).toBeUndefined();
  },
);
