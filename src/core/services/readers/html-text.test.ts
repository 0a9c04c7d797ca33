import { expect, test } from "bun:test";
import { CancelledError } from "@/core/models/errors";
import { htmlText } from "./html-text";

const options = { name: "An article", level: 3, signal: new AbortController().signal };

test("headings begin at the level that is asked for, and what is written stays text", async () => {
  const html = "<h1>Grün &amp; „blau“</h1><h3>Deeper</h3><p>2 * 3 &lt;b&gt;</p><script>no()</script>";
  expect(await htmlText(html, options)).toBe("### Grün & „blau“\n\n##### Deeper\n\n2 * 3 \\<b>");
});

test("nothing is nothing, and a name with a slash is no folder", async () => {
  expect(await htmlText(" \n", options)).toBe("");
  expect(await htmlText("<p>x</p>", { ...options, name: "../a/b.pdf" })).toBe("x");
});

test("an aborted signal ends it", async () => {
  const signal = AbortSignal.abort();
  expect(await htmlText("<p>x</p>", { ...options, signal }).catch((error: unknown) => error)).toBeInstanceOf(
    CancelledError,
  );
});
