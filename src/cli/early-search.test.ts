import { expect, test } from "bun:test";
import { join } from "node:path";
import { parseConfig } from "@/core/config";
import { temporaryFolder } from "@test/database";
import { startSearchEarly } from "./early-search";

test("only a server's search thread is started, and it can be ended", async () => {
  using folder = temporaryFolder();
  const config = () => parseConfig({ STONETURNER_HOME: join(folder.path, "home") });
  for (const args of [[], ["search", "serve"], ["serve", "--help"], ["serve", "--port", "1", "-h"]])
    expect(startSearchEarly(args, config)).toBeUndefined();
  const started = startSearchEarly(["serve", "--port", "0"], config);
  await started?.worker.terminate();
  expect(await started?.ended).toBeInstanceOf(Error);
});

test("a wrong configuration is left to the command, which says so; anything else is a fault", () => {
  expect(startSearchEarly(["serve"], () => parseConfig({ PORT: "many" }))).toBeUndefined();
  const broken = () => {
    throw new TypeError("odd");
  };
  expect(() => startSearchEarly(["serve"], broken)).toThrow("odd");
});
