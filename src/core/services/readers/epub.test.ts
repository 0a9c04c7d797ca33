import { expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { readWhole, refusalOf } from "./fixtures";

const PACKAGE =
  "<package><metadata><dc:title>Tides</dc:title><dc:creator>Ada</dc:creator><dc:date>2026-05-01</dc:date></metadata>" +
  '<manifest><item id="b" href="text/two.xhtml"/><item id="a" href="text/one%20.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/>' +
  '</manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="lost"/></spine></package>';

test("a book has its chapters in their order, with title, author and date", async () => {
  const files = {
    mimetype: "application/epub+zip",
    "META-INF/container.xml":
      '<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>',
    "OPS/book.opf": PACKAGE,
    "OPS/nav.xhtml": "<html><body><nav>Contents</nav></body></html>",
    "OPS/text/two.xhtml": "<html><body><h1>Two</h1><p>Sea</p></body></html>",
    "OPS/text/one .xhtml":
      "<html><head><title>no</title></head><body><h1>One</h1><p>Moon &amp; sun</p></body></html>",
  };
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
  expect(await readWhole("tides.epub", zip)).toEqual({
    title: "Tides",
    author: "Ada",
    artifactDate: "2026-05-01T00:00:00.000Z",
    markdown: "# One\n\nMoon & sun\n\n# Two\n\nSea",
    kind: "document",
    metadata: { chapters: 2 },
  });
  const empty = zipSync({ a: strToU8("b") });
  expect(await refusalOf(readWhole("tides.epub", empty))).toContain(
    "tides.epub is damaged and cannot be read.",
  );
});
