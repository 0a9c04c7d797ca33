import { expect, test } from "bun:test";
import { bytesWords } from "./bytes";

test("sizes are said in the unit that fits", () => {
  expect([0, 999, 1_000, 1_234_567, 123_456_789, 5e15].map(bytesWords)).toEqual([
    "0 bytes",
    "999 bytes",
    "1.0 KB",
    "1.2 MB",
    "123 MB",
    "5000 TB",
  ]);
});
