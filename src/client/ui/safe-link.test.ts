import { expect, test } from "bun:test";
import { isWebLink } from "./safe-link";

test("only web addresses are links", () => {
  expect(["https://example.com/a?b#c", "http://127.0.0.1:9000/"].map(isWebLink)).toEqual([true, true]);
  const others = [
    "javascript:alert(1)",
    " javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
    "/relative",
    "//example.com",
    "",
    null,
    undefined,
  ];
  expect(others.filter((href) => isWebLink(href))).toEqual([]);
});
