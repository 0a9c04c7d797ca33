import { describe, expect, test } from "bun:test";
import { cpuTimeOf } from "@test/cpu-time";
import { docxOf, fileOf, readWhole, wordParagraph } from "./fixtures";
import { htmlToMarkdown } from "./html";

const markdownOf = (html: string) => htmlToMarkdown(fileOf("a.html", ""), html).trimEnd();
const cell = (content: string) => `<table><tr><th>${content}</th></tr></table>`;

describe("blocks where markdown has no room for them", () => {
  test("stand apart in a cell", () => {
    expect(markdownOf(cell("<b><p>first</p><p>second</p></b>"))).toBe("| first<br>second |\n| - |");
    expect(markdownOf(cell("Sum<table><tr><td>1<td>2<tr><td>3</table>end"))).toContain("Sum 1 2 3 end");
  });

  test("stand apart in a heading", () => {
    expect(markdownOf("<h1><div>Plan</div><div>for May</div></h1>")).toBe("# Plan for May");
  });

  test("count more than what marks all of them", () => {
    expect(markdownOf("<b><p>one</p><p>two</p></b>")).toBe("one\n\ntwo");
    expect(markdownOf("<p>a <i>b<p>c</i> d")).toBe("a b\n\nc\n\nd");
    expect(markdownOf("<b><h2>Head</h2><ul><li>one</li></ul>tail</b>")).toBe("## Head\n\n- one\n\ntail");
    expect(markdownOf("<p>Some <b>bold</b> words</p>")).toBe("Some **bold** words");
  });

  test("end at an empty line, as mails are written", () => {
    expect(markdownOf("<div>Hello,<br><br>one<br>two<br>\n<br><br>Ana<br></div>")).toBe(
      "Hello,\n\none\\\ntwo\n\nAna",
    );
    expect(markdownOf("<p><br><br></p><p>one</p>")).toBe("one");
  });

  test("that belong to no table keep their words apart", () => {
    expect(markdownOf("<b><tr><td>one</td><td>two</td></tr></b>")).toBe("one two");
  });

  test.each(["<p>x<tr><td>x", "<p>a <b>b</Hi</h1>", "<p>x<i>y<blockquote>z"])(
    "cost no more the deeper they are nested: %s",
    async (piece) => {
      const took = await cpuTimeOf(() => expect(markdownOf(piece.repeat(60)).length).toBeGreaterThan(60));
      expect(took).toBeLessThan(2_000);
    },
  );
});

test("a Word table's cells keep their paragraphs apart", async () => {
  const table = `<w:tbl><w:tr><w:tc>${wordParagraph("Owner")}</w:tc><w:tc>${wordParagraph("Ann")}${wordParagraph("Bob")}</w:tc></w:tr></w:tbl>`;
  expect((await readWhole("a.docx", docxOf(table))).markdown).toContain("| Owner | Ann<br>Bob |");
});
