import { expect, test } from "bun:test";
import { version } from "../../../package.json";
import { programVersion } from "./program-version";

test("the program's version is its package's", () => {
  expect(programVersion()).toBe(version);
});
