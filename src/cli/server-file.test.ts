import { expect, test } from "bun:test";
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "@test/database";
import { announceServer, runningServer } from "./server-file";

test("a server is found while it runs, and not after it took itself back", () => {
  using folder = temporaryFolder();
  const config = { home: folder.path, devMode: false };
  expect(runningServer(config)).toBeUndefined();
  const withdraw = announceServer(config, "http://127.0.0.1:9000");
  expect(runningServer(config)).toEqual({ pid: process.pid, url: "http://127.0.0.1:9000" });
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

test.each(["", "{", '{"pid":"x"}', '{"pid":-1,"url":"http://a"}', '{"pid":999999999,"url":"http://a.b"}'])(
  "a file that a dead process left as %p is no server",
  (text) => {
    using folder = temporaryFolder();
    mkdirSync(join(folder.path, ".cache"));
    writeFileSync(join(folder.path, ".cache/server.json"), text);
    expect(runningServer({ home: folder.path, devMode: false })).toBeUndefined();
  },
);
