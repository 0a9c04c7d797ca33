import { describe, expect, test } from "bun:test";
import { encodingFor } from "./accepted-encoding";

describe("the encoding that is sent", () => {
  test.each([
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5", "gzip"],
    ["br;q=0, gzip", "gzip"],
    ["br;q=0.2, gzip;q=0.9", "gzip"],
    ["*", "br"],
    ["*;q=0", undefined],
    ["identity, deflate", undefined],
    ["br;q=0, *", "gzip"],
    ["", undefined],
    [undefined, undefined],
    [";;q=,,=", undefined],
  ] as const)("for %p is %p", (accepted, encoding) => {
    expect(encodingFor(accepted)).toBe(encoding);
  });
});
