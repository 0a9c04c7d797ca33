import { expect, test } from "bun:test";
import { htmlText } from "./html-text";

const { signal } = new AbortController();
const cell = async (html: string) => {
  const table = `<table><tr><th>Step</th><th>How</th></tr><tr><td>1</td><td>${html}</td></tr></table>`;
  const lines = (await htmlText(table, { name: "t", level: 2, signal })).split("\n");
  expect(lines.slice(0, 2)).toEqual(["| Step | How |", "| - | - |"]);
  // However much stands in it, a row is one line.
  expect(lines).toHaveLength(3);
  return /^\| 1 \| (.*) \|$/.exec(lines[2] ?? "")?.[1];
};

test.each([
  ["plain words", "close <b>it</b>", "close **it**"],
  ["one paragraph", "<p>close it</p>", "close it"],
  ["paragraphs", "<p>close it</p><p>then wait</p>", "close it<br>then wait"],
  ["a heading", "<h3>Gate</h3>close it", "Gate<br>close it"],
  ["a list", "<ul><li>oil</li><li><p>rope</p></li></ul>", "- oil<br>- rope"],
  ["words and a numbered list", "First:<ol start=3><li>a</li><li>b</li></ol>", "First:<br>3. a<br>4. b"],
  ["a list in a list", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a<br>  - b<br>- c"],
  ["code over lines", "<pre><code>a | b\n\nc</code></pre>", "`a \\| b`<br>`c`"],
  ["a quote", "<blockquote><p>said</p><p>twice</p></blockquote>", "said<br>twice"],
  ["nothing", "<p></p>", undefined],
])("%s", async (_what, html, shown) => expect(await cell(html)).toBe(shown));

test("lists nested as deep as anybody likes end", async () => {
  expect(await cell(`${"<ul><li>".repeat(300)}deep${"</li></ul>".repeat(300)}`)).toContain("deep");
});
