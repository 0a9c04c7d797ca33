import { describe, expect, test } from "bun:test";
import { strToU8, zipSync } from "fflate";
import { readWhole, refusalOf } from "./fixtures";

const META =
  "<office:document-meta><office:meta><dc:title>A plan</dc:title><dc:creator>Ada</dc:creator>" +
  "<dc:date>2026-05-01T09:30:00.123</dc:date></office:meta></office:document-meta>";

/** An OpenDocument file: its body, its styles, and further parts by name. */
function odfOf(body: string, styles = "", parts: Record<string, string> = {}): Uint8Array {
  const files = {
    "content.xml": `<office:document-content><office:automatic-styles>${styles}</office:automatic-styles><office:body>${body}</office:body></office:document-content>`,
    "meta.xml": META,
    ...parts,
  };
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

const p = (text: string) => `<text:p>${text}</text:p>`;
const item = (content: string) => `<text:list-item>${content}</text:list-item>`;
const list = (style: string, ...items: string[]) =>
  `<text:list text:style-name="${style}">${items.join("")}</text:list>`;
const NUMBERED =
  '<text:list-style style:name="N"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>';
const textOf = async (body: string, styles = "") =>
  (await readWhole("plan.odt", odfOf(`<office:text>${body}</office:text>`, styles))).markdown;

describe("a text document (OpenDocument)", () => {
  test("has its title, author and date from its properties", async () => {
    const read = await readWhole("plan.odt", odfOf(`<office:text>${p("Words")}</office:text>`));
    expect(read).toEqual({
      title: "A plan",
      author: "Ada",
      artifactDate: "2026-05-01T09:30:00.123Z",
      markdown: "Words",
      kind: "document",
      metadata: {},
    });
  });

  test("keeps its title, headings, links, spaces and line breaks", async () => {
    const styles = '<style:style style:name="P1" style:parent-style-name="Title"/>';
    const body =
      '<text:p text:style-name="P1">Tides</text:p><text:h text:outline-level="2">Moon &amp; sea</text:h>' +
      p(
        'See<text:s text:c="2"/><text:a xlink:href="https://a.b/c">the table</text:a><text:line-break/>below',
      );
    expect(await textOf(body, styles)).toBe(
      "# Tides\n\n## Moon & sea\n\nSee [the table](https://a.b/c)\\\nbelow",
    );
  });

  test("keeps lists with their numbers and depths, and merged cells in their columns", async () => {
    const lists = list("N", item(p("one")), item(p("two") + list("", item(p("deep")))));
    expect(await textOf(lists, NUMBERED)).toBe("1. one\n2. two\n   - deep");
    const cell = (text: string, more = "") => `<table:table-cell ${more}>${p(text)}</table:table-cell>`;
    const row = (...cells: string[]) => `<table:table-row>${cells.join("")}</table:table-row>`;
    const table = `<table:table>${row(
      cell("North", 'table:number-rows-spanned="2"'),
      cell("Jan"),
    )}${row("<table:covered-table-cell/>", cell("Feb"))}</table:table>`;
    expect(await textOf(table)).toBe("| | |\n| - | - |\n| North | Jan |\n| | Feb |");
  });

  test("gives footnotes and comments at the end, and leaves out what was deleted", async () => {
    const body =
      `<text:tracked-changes><text:deletion>${p("gone")}</text:deletion></text:tracked-changes>` +
      p(
        "Rather<text:note><text:note-citation>1</text:note-citation><text:note-body>" +
          `${p("A footnote")}</text:note-body></text:note> true<office:annotation><dc:creator>Bob</dc:creator>` +
          `<dc:date>2026-05-02T08:00:00</dc:date>${p("Is it?")}${p("Check.")}</office:annotation>.`,
      );
    expect(await textOf(body)).toBe(
      "Rather\\[1\\] true.\n\n\\[1\\] A footnote\n\n## Comments\n\n- **Bob** (2026-05-02): Is it? Check.",
    );
  });

  test("that is locked or damaged says so", async () => {
    const manifest =
      "<manifest:manifest><manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>";
    const locked = odfOf("", "", { "META-INF/manifest.xml": manifest });
    expect(await refusalOf(readWhole("plan.odt", locked))).toContain("plan.odt is protected by a password.");
    expect(await refusalOf(readWhole("plan.odt", "no zip"))).toContain("plan.odt is damaged");
    expect(await refusalOf(readWhole("plan.odt", zipSync({ a: strToU8("b") })))).toContain("is damaged");
  });
});

test("a presentation (OpenDocument) is one section a slide, with the depth of its lines and its notes", async () => {
  const frame = (kind: string, content: string) =>
    `<draw:frame presentation:class="${kind}"><draw:text-box>${content}</draw:text-box></draw:frame>`;
  const slide =
    frame("title", p("The moon<text:line-break/>and the sea")) +
    // As Impress writes them: a list a line, the deeper one in an item that says nothing.
    frame("outline", list("A", item(p("Tides"))) + list("B", item(list("B", item(p("spring")))))) +
    frame("page-number", p("1")) +
    `<presentation:notes>${frame("page", "")}${frame("notes", p("Say hello"))}</presentation:notes>`;
  const body = `<office:presentation><draw:page>${slide}</draw:page><draw:page/></office:presentation>`;
  const read = await readWhole("talk.odp", odfOf(body));
  expect(read).toMatchObject({ title: "A plan", author: "Ada", metadata: { slides: 2 } });
  expect(read.markdown).toBe(
    "## Slide 1: The moon and the sea\n\n- Tides\n  - spring\n\n### Notes\n\nSay hello\n\n## Slide 2",
  );
});

test("a spreadsheet (OpenDocument) is one table a sheet, without hidden ones and a million empty cells", async () => {
  const cell = (text: string, more = "") => `<table:table-cell ${more}>${p(text)}</table:table-cell>`;
  const rows =
    `<table:table-row>${cell("Day")}${cell("Sum")}<table:table-cell table:number-columns-repeated="16382"/></table:table-row>` +
    `<table:table-row table:number-rows-repeated="2">` +
    cell("1. Mai", 'office:value-type="date" office:date-value="2026-05-01T12:30:00.5"') +
    cell("1.234,50 €<office:annotation><text:p>Checked</text:p></office:annotation>") +
    `</table:table-row><table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`;
  const sheet = (name: string, style: string) =>
    `<table:table table:name="${name}" table:style-name="${style}">${rows}</table:table>`;
  const styles = '<style:style style:name="H"><style:table-properties table:display="false"/></style:style>';
  const body = `<office:spreadsheet>${sheet("Tides", "V")}${sheet("Secret", "H")}</office:spreadsheet>`;
  const read = await readWhole("sums.ods", odfOf(body, styles));
  expect(read).toMatchObject({ kind: "table", metadata: { sheets: ["Tides"] } });
  expect(read.markdown).toBe(
    "## Tides\n\n| Day | Sum |\n| --- | --- |\n| 2026-05-01 12:30 | 1.234,50 € |\n| 2026-05-01 12:30 | 1.234,50 € |",
  );
});
