import { strToU8, zipSync } from "fflate";

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const zip = (files: Record<string, string>) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** `<Relationships>` by id: type and target. */
function relations(entries: Record<string, [type: string, target: string]>): string {
  const rows = Object.entries(entries).map(
    ([id, [type, target]]) => `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`,
  );
  return `<Relationships>${rows.join("")}</Relationships>`;
}

export interface FixtureSheet {
  name: string;
  /** SpreadsheetML of its rows. */
  rows: string;
  state?: string;
}

/** A workbook: SpreadsheetML of rows, texts that cells point to by number, number formats of cell styles, properties. */
export function xlsxOf(
  sheets: readonly FixtureSheet[],
  texts: readonly string[] = [],
  formats: readonly string[] = [],
  properties = "",
): Uint8Array {
  const listed = sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" r:id="r${at}"${state === undefined ? "" : ` state="${state}"`}/>`,
  );
  const codes = formats.map((code, at) => `<numFmt numFmtId="${200 + at}" formatCode="${code}"/>`);
  const styles = formats.map((_code, at) => `<xf numFmtId="${200 + at}"/>`);
  return zip({
    "xl/workbook.xml": `<workbook>${properties}<sheets>${listed.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relations(
      Object.fromEntries(
        sheets.map((_sheet, at) => [`r${at}`, ["worksheet", `worksheets/sheet${at + 1}.xml`]]),
      ),
    ),
    "xl/sharedStrings.xml": `<sst>${texts.map((text) => `<si>${text}</si>`).join("")}</sst>`,
    "xl/styles.xml": `<styleSheet><numFmts>${codes.join("")}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join("")}<xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
  });
}

/** A presentation: each slide is PresentationML of its shapes, and perhaps its speaker's notes. */
export function pptxOf(slides: readonly { shapes: string; notes?: string }[]): Uint8Array {
  const files: Record<string, string> = {
    "ppt/presentation.xml": `<p:presentation><p:sldIdLst>${slides.map((_slide, at) => `<p:sldId r:id="r${at}"/>`).join("")}</p:sldIdLst></p:presentation>`,
    // Files are named the other way round than slides are shown.
    "ppt/_rels/presentation.xml.rels": relations(
      Object.fromEntries(
        slides.map((_slide, at) => [`r${at}`, ["slide", `slides/slide${slides.length - at}.xml`]]),
      ),
    ),
  };
  for (const [at, { shapes, notes }] of slides.entries()) {
    const name = `slide${slides.length - at}.xml`;
    files[`ppt/slides/${name}`] = `<p:sld><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
    if (notes === undefined) continue;
    files[`ppt/slides/_rels/${name}.rels`] = relations({
      n: ["notesSlide", `../notesSlides/notes${at}.xml`],
    });
    files[`ppt/notesSlides/notes${at}.xml`] =
      `<p:notes>${slideShape(notes)}${slideShape("7", "sldNum")}</p:notes>`;
  }
  return zip(files);
}

/** One shape with paragraphs, one a line; a leading tab puts it a level deeper. */
export function slideShape(text: string, place = "body"): string {
  const paragraphs = text.split("\n").map((line) => {
    const level = line.length - line.trimStart().length;
    return `<a:p><a:pPr lvl="${level}"/><a:r><a:t>${line.trim()}</a:t></a:r></a:p>`;
  });
  return `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${place}"/></p:nvPr></p:nvSpPr><p:txBody>${paragraphs.join("")}</p:txBody></p:sp>`;
}
