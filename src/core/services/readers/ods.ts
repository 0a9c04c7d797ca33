import { CancelledError } from "@/core/models/errors";
import { lineText } from "@/lib/markdown-text";
import { CONTENT, odfFacts, odfParts } from "./odf";
import { type OfficeParts, type XmlListener, walkXml } from "./office-parts";
import type { ByteReader } from "./reader";
import { MOST_COLUMNS, MOST_ROWS, sheetsMarkdown, type Table, tableMarkdown } from "./table-markdown";

/** Files say that a million empty cells follow; so many of a cell that says something are written out. */
const MOST_REPEATED = 1_000;

interface Sheet extends Table {
  name: string;
}

type Attributes = Readonly<Record<string, string>>;

/** A spreadsheet (OpenDocument): every sheet that is not hidden as a table, dates as ISO dates, formulas by their last value. */
export const readOds: ByteReader = (input) => {
  const parts = odfParts(input);
  const sheets = new Sheets(hiddenStyles(parts));
  walkXml(parts, CONTENT, sheets);
  if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
  return {
    ...odfFacts(parts),
    markdown: sheetsMarkdown(sheets.all, (sheet) =>
      `## ${lineText(sheet.name)}\n\n${tableMarkdown(sheet, MOST_COLUMNS)}`.trim(),
    ),
    kind: "table",
    metadata: { sheets: sheets.all.map(({ name }) => name.slice(0, 200)) },
  };
};

/** Styles of sheets that are not shown. */
function hiddenStyles(parts: OfficeParts): Set<string> {
  const hidden = new Set<string>();
  let style = "";
  walkXml(parts, CONTENT, {
    open: (name, attributes) => {
      if (name === "style") style = attributes["style:name"] ?? "";
      else if (name === "table-properties" && attributes["table:display"] === "false") hidden.add(style);
    },
  });
  return hidden;
}

/** Hears the XML of a spreadsheet. */
class Sheets implements XmlListener {
  readonly all: Sheet[] = [];
  #tables = 0;
  #inHidden = false;
  #row: { cells: string[]; column: number; times: number } | undefined;
  #cell: { value: string | undefined; text: string; times: number } | undefined;
  #inRemark = 0;

  constructor(private readonly hidden: ReadonlySet<string>) {}

  open = (name: string, attributes: Attributes): void => {
    if (name === "annotation" || this.#inRemark > 0) this.#inRemark++;
    else if (name === "table") this.#openTable(attributes);
    else if (name === "table-row") {
      this.#row = { cells: [], column: 0, times: repeated(attributes, "rows") };
    } else if (name === "table-cell" || name === "covered-table-cell") {
      this.#cell = { value: valueOf(attributes), text: "", times: repeated(attributes, "columns") };
    } else if (this.#cell !== undefined && (name === "p" || name === "line-break")) {
      if (this.#cell.text !== "") this.#cell.text += "\n";
    } else if (this.#cell !== undefined && (name === "s" || name === "tab")) this.#cell.text += " ";
  };

  text = (text: string): void => {
    if (this.#cell !== undefined && this.#inRemark === 0) this.#cell.text += text;
  };

  close = (name: string): void => {
    if (this.#inRemark > 0) this.#inRemark--;
    else if (name === "table") this.#tables--;
    else if (name === "table-cell" || name === "covered-table-cell") this.#closeCell();
    else if (name === "table-row") this.#closeRow();
  };

  /** A table within a cell belongs to a chart. */
  #openTable(attributes: Attributes): void {
    if (this.#tables++ > 0) return;
    this.#inHidden = this.hidden.has(attributes["table:style-name"] ?? "");
    if (this.#inHidden) return;
    this.all.push({ name: attributes["table:name"] ?? "", rows: [], count: 0, width: 0 });
  }

  #closeCell(): void {
    const [row, cell] = [this.#row, this.#cell];
    this.#cell = undefined;
    if (row === undefined || cell === undefined) return;
    const shown = cell.value ?? cell.text;
    if (shown.trim() !== "") {
      const times = Math.min(cell.times, MOST_REPEATED);
      for (let at = 0; at < times && row.column + at < 16_384; at++) row.cells[row.column + at] = shown;
    }
    row.column += cell.times;
  }

  #closeRow(): void {
    const [row, sheet] = [this.#row, this.all.at(-1)];
    this.#row = undefined;
    if (row === undefined || sheet === undefined || this.#inHidden || row.cells.length === 0) return;
    sheet.count += row.times;
    sheet.width = Math.max(sheet.width, row.cells.length);
    const cells = Array.from(row.cells, (cell) => cell ?? "");
    for (let at = 0; at < row.times && sheet.rows.length <= MOST_ROWS; at++) sheet.rows.push(cells);
  }
}

function repeated(attributes: Attributes, what: string): number {
  const times = Number(attributes[`table:number-${what}-repeated`] ?? 1);
  return Number.isInteger(times) && times > 1 ? times : 1;
}

/** What a cell holds where what it shows depends on who looks: a date. */
function valueOf(attributes: Attributes): string | undefined {
  if (attributes["office:value-type"] !== "date") return undefined;
  return attributes["office:date-value"]
    ?.replace(/\.\d+$/, "")
    .replace("T", " ")
    .replace(/( \d\d:\d\d):00$/, "$1");
}
