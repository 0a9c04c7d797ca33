import { describe, expect, test } from "bun:test";
import { strToU8, unzipSync, zipSync } from "fflate";
import { docxOf, readWhole, wordParagraph } from "./fixtures";
import { pptxOf, slideShape, xlsxOf } from "./office-fixtures";

/** The same file with further parts. */
function withParts(file: Uint8Array, parts: Record<string, string>): Uint8Array {
  const added = Object.entries(parts).map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync({ ...unzipSync(file), ...Object.fromEntries(added) });
}

/** `<Relationships>` to parts, by type. */
const relations = (...entries: [type: string, target: string][]) =>
  `<Relationships>${entries
    .map(([type, target], at) => `<Relationship Id="x${at}" Type="http://a.b/${type}" Target="${target}"/>`)
    .join("")}</Relationships>`;
const slideText = async (parts: Record<string, string>) => {
  const file = pptxOf([{ shapes: slideShape("Tides", "title") }]);
  return (await readWhole("talk.pptx", withParts(file, parts))).markdown;
};
const drawn = (text: string) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`;

const CHART =
  `<c:chart><c:title><c:tx><c:rich>${drawn("Sales &amp; more")}</c:rich></c:tx></c:title><c:plotArea><c:barChart><c:ser>` +
  "<c:tx><c:strRef><c:f>S!B1</c:f><c:strCache><c:pt idx='0'><c:v>North</c:v></c:pt></c:strCache></c:strRef></c:tx>" +
  "<c:cat><c:numRef><c:numCache><c:formatCode>m/d/yy</c:formatCode><c:pt idx='0'><c:v>46143</c:v></c:pt>" +
  "<c:pt idx='2'><c:v>46145</c:v></c:pt></c:numCache></c:numRef></c:cat>" +
  "<c:val><c:numRef><c:numCache><c:formatCode>0%</c:formatCode><c:pt idx='0'><c:v>0.25</c:v></c:pt>" +
  "<c:pt idx='2'><c:v>0.5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser></c:barChart>" +
  `<c:valAx><c:title><c:tx><c:rich>${drawn("Axis")}</c:rich></c:tx></c:title></c:valAx></c:plotArea></c:chart>`;
const CHART_TABLE =
  "**Sales & more**\n\n|  | North |\n| --- | --- |\n| 2026-05-01 | 25% |\n|  |  |\n| 2026-05-03 | 50% |";

describe("comments", () => {
  test("in a Word document stand at its end, with the words that they are about", async () => {
    const comment = (id: number, text: string) =>
      `<w:comment w:id="${id}" w:author="Bob_B" w:date="2026-05-02T08:00:00Z"><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:comment>`;
    const body =
      "<w:p><w:r><w:t>Due </w:t></w:r><w:commentRangeStart w:id='1'/><w:r><w:t>on </w:t></w:r><w:r><w:t>Monday</w:t></w:r>" +
      "<w:commentRangeEnd w:id='1'/><w:r><w:t>.</w:t></w:r></w:p>";
    const file = docxOf(body, {
      "word/_rels/document.xml.rels": relations(["comments", "comments.xml"]),
      "word/comments.xml": `<w:comments>${comment(1, "Move it.")}${comment(2, "Agreed")}${comment(3, " ")}</w:comments>`,
    });
    expect((await readWhole("plan.docx", file)).markdown).toBe(
      "Due on Monday.\n\n## Comments\n\n- **Bob_B** on “on Monday” (2026-05-02): Move it.\n- **Bob_B** (2026-05-02): Agreed",
    );
  });

  test("on slides stand below them, of the old kind and as threads", async () => {
    const old =
      '<p:cmLst><p:cm authorId="0" dt="2026-05-02T12:00:00Z"><p:text>Old one</p:text></p:cm></p:cmLst>';
    const thread =
      '<p188:cmLst><p188:cm authorId="{A}" created="2026-05-03T12:00:00Z"><p188:replyLst><p188:reply authorId="{B}" ' +
      `created="2026-05-04T12:00:00Z"><p188:txBody>${drawn("Yes")}</p188:txBody></p188:reply></p188:replyLst>` +
      `<p188:txBody>${drawn("Is it?")}</p188:txBody></p188:cm></p188:cmLst>`;
    const file = pptxOf([{ shapes: slideShape("Tides", "title") }]);
    const listed = new TextDecoder()
      .decode(unzipSync(file)["ppt/_rels/presentation.xml.rels"])
      .replace("</Relationships>", "")
      .concat(
        relations(["commentAuthors", "old.xml"], ["authors", "new.xml"]).replace("<Relationships>", ""),
      );
    const markdown = await slideText({
      "ppt/_rels/presentation.xml.rels": listed,
      "ppt/old.xml": '<p:cmAuthorLst><p:cmAuthor id="0" name="Ada"/></p:cmAuthorLst>',
      "ppt/new.xml":
        '<p188:authorLst><p188:author id="{A}" name="Bob"/><p188:author id="{B}" name="Cleo"/></p188:authorLst>',
      "ppt/slides/_rels/slide1.xml.rels": relations(["comments", "../a.xml"], ["comments", "../b.xml"]),
      "ppt/a.xml": old,
      "ppt/b.xml": thread,
    });
    expect(markdown).toBe(
      "## Slide 1: Tides\n\n### Comments\n\n- **Ada** (2026-05-02): Old one\n- **Bob** (2026-05-03): Is it?\n- **Cleo** (2026-05-04): Yes",
    );
  });

  test("in a workbook stand below their sheet with their cells; a thread is told once", async () => {
    const note = (ref: string, text: string) =>
      `<comment ref="${ref}" authorId="0"><text><r><t>Ada:</t></r><r><t>\n${text}</t></r></text></comment>`;
    const file = xlsxOf([{ name: "Sums", rows: '<row><c r="A1"><v>1</v></c></row>' }]);
    const listed = new TextDecoder()
      .decode(unzipSync(file)["xl/_rels/workbook.xml.rels"])
      .replace("</Relationships>", "")
      .concat(relations(["person", "people.xml"]).replace("<Relationships>", ""));
    const parts = {
      "xl/_rels/workbook.xml.rels": listed,
      "xl/people.xml": '<personList><person id="{P}" displayName="Bob"/></personList>',
      "xl/worksheets/_rels/sheet1.xml.rels": relations(
        ["comments", "../n.xml"],
        ["threadedComment", "../t.xml"],
      ),
      "xl/n.xml": `<comments><authors><author>Ada</author></authors><commentList>${note("A1", "A thread")}${note("B2", "A note")}</commentList></comments>`,
      "xl/t.xml":
        '<ThreadedComments><threadedComment ref="A1" dT="2026-05-02T12:00:00Z" personId="{P}"><text>Said</text></threadedComment></ThreadedComments>',
    };
    expect((await readWhole("sums.xlsx", withParts(file, parts))).markdown).toBe(
      "## Sums\n\n| 1 |\n| --- |\n\n### Comments\n\n- **Bob** on “A1” (2026-05-02): Said\n- **Ada** on “B2”: A note",
    );
  });
});

test("a cell of a workbook keeps the web address that it leads to", async () => {
  const cell = (place: string, text: string) => `<c r="${place}" t="str"><v>${text}</v></c>`;
  const rows = `<row r="1">${cell("A1", "Spec [1]")}${cell("B1", "https://a.b/c")}${cell("C1", "file")}</row>`;
  const file = xlsxOf([{ name: "Links", rows }]);
  const sheet = new TextDecoder().decode(unzipSync(file)["xl/worksheets/sheet1.xml"]);
  const links = ["A1", "B1", "C1"].map((ref, at) => `<hyperlink ref="${ref}" r:id="x${at}"/>`);
  const read = await readWhole(
    "links.xlsx",
    withParts(file, {
      "xl/worksheets/sheet1.xml": sheet.replace(
        "</worksheet>",
        `<hyperlinks>${links.join("")}</hyperlinks></worksheet>`,
      ),
      "xl/worksheets/_rels/sheet1.xml.rels": relations(
        ["hyperlink", "https://wiki.example.com/a_(b)"],
        ["hyperlink", "https://a.b/c"],
        ["hyperlink", "file:///C:/secret"],
      ),
    }),
  );
  expect(read.markdown).toBe(
    "## Links\n\n| [Spec \\[1\\]](https://wiki.example.com/a_%28b%29) | https://a.b/c | file |\n| --- | --- | --- |",
  );
});

describe("charts and diagrams", () => {
  test("of a slide and of a Word document are tables of their values, dates among them", async () => {
    const markdown = await slideText({
      "ppt/slides/_rels/slide1.xml.rels": relations(["chart", "../charts/chart1.xml"]),
      "ppt/charts/chart1.xml": CHART,
    });
    expect(markdown).toBe(`## Slide 1: Tides\n\n${CHART_TABLE}`);
    const word = docxOf(wordParagraph("Words"), {
      "word/_rels/document.xml.rels": relations(["chart", "charts/chart1.xml"]),
      "word/charts/chart1.xml": CHART,
    });
    expect((await readWhole("plan.docx", word)).markdown).toBe(`Words\n\n${CHART_TABLE}`);
  });

  test("that show who hangs on whom are lists of that depth, and end where they go in circles", async () => {
    const pt = (id: string, text: string, more = "") =>
      `<dgm:pt modelId="${id}" ${more}><dgm:t>${drawn(text)}</dgm:t></dgm:pt>`;
    const cxn = (from: string, to: string) => `<dgm:cxn srcId="${from}" destId="${to}"/>`;
    const points = [
      pt("2", "Sales"),
      pt("0", "", 'type="doc"'),
      pt("1", "Board"),
      pt("9", "Shown", 'type="pres"'),
    ];
    const markdown = await slideText({
      "ppt/slides/_rels/slide1.xml.rels": relations(["diagramData", "../d.xml"]),
      "ppt/d.xml": `<dgm:dataModel><dgm:ptLst>${points.join("")}</dgm:ptLst><dgm:cxnLst>${cxn("0", "1")}${cxn("1", "2")}${cxn("2", "1")}</dgm:cxnLst></dgm:dataModel>`,
    });
    expect(markdown).toBe("## Slide 1: Tides\n\n- Board\n  - Sales");
  });
});
