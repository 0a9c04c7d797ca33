import type { getDocumentProxy } from "unpdf";
import { z } from "zod";
import { inlineText } from "@/lib/markdown-text";
import { type Comment, commentsMarkdown } from "./comments";
import { pdfDate } from "./pdf-date";

/** A form's field among the library's numbers for kinds of annotations (ISO 32000-2, table 171). */
const WIDGET = 20;
/** Remarks by their numbers; a `Popup` repeats the one that it belongs to. */
const REMARKS = new Map(
  "Text - FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink"
    .split(" ")
    .map((kind, index) => [kind, index + 1] as const)
    .filter(([kind]) => kind !== "-"),
);
/** Those that lie on the words that they are about. */
const MARKS = new Set(["Highlight", "Underline", "Squiggly", "StrikeOut"]);
const LONGEST_VALUE = 2_000;

const textSchema = z.object({ str: z.string() }).optional().catch(undefined);
const annotationSchema = z.object({
  pageIndex: z.number().catch(0),
  subtype: z.string().catch(""),
  contentsObj: textSchema,
  titleObj: textSchema,
  modificationDate: z.string().optional().catch(undefined),
  overlaidText: z.string().optional().catch(undefined),
  fieldName: z.string().optional().catch(undefined),
  alternativeText: z.string().optional().catch(undefined),
  fieldType: z.string().optional().catch(undefined),
  fieldValue: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
  options: z.array(z.object({ exportValue: z.string(), displayValue: z.string() })).catch([]),
  buttonValue: z.string().optional().catch(undefined),
  checkBox: z.boolean().catch(false),
  radioButton: z.boolean().catch(false),
  hidden: z.boolean().catch(false),
  password: z.boolean().catch(false),
});
type Annotation = z.infer<typeof annotationSchema>;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

/** Fields and remarks by the index of their page. */
export async function readAnnotations(pdf: Pdf): Promise<Map<number, unknown[]>> {
  const kinds = new Set([WIDGET, ...REMARKS.values()]);
  const byPage = new Map<number, unknown[]>();
  const marked = new Set<number>();
  // The words below marks cost a page's reading again, and below links as well: only where they are wanted.
  for (const one of await pdf.getAnnotationsByType(kinds, new Set())) {
    const { pageIndex, subtype, contentsObj } = annotationSchema.parse(one);
    byPage.getOrInsertComputed(pageIndex, () => []).push(one);
    if (MARKS.has(subtype) && contentsObj !== undefined && contentsObj.str !== "") marked.add(pageIndex);
  }
  for (const index of marked) {
    const page = await pdf.getPage(index + 1);
    byPage.set(index, await page.getAnnotations());
  }
  return byPage;
}

/** What was filled into a page's form, and what was noted on it, as lists below headings of `level`. */
export function annotationsMarkdown(annotations: readonly unknown[], level: number): string {
  const known = annotations.flatMap((one) => annotationSchema.safeParse(one).data ?? []);
  const fields = [...new Set(known.map(fieldLine).filter((line) => line !== ""))];
  const form = fields.length === 0 ? "" : `${"#".repeat(level)} Form\n\n${fields.join("\n")}`;
  const comments = known.filter(({ subtype }) => REMARKS.has(subtype)).map(commentOf);
  return [form, commentsMarkdown(comments, level)].filter((part) => part !== "").join("\n\n");
}

function commentOf({ contentsObj, titleObj, modificationDate, overlaidText }: Annotation): Comment {
  return {
    author: titleObj?.str ?? "",
    date: pdfDate(modificationDate),
    text: contentsObj?.str ?? "",
    ...(overlaidText === undefined ? {} : { on: overlaidText }),
  };
}

function fieldLine(field: Annotation): string {
  const { fieldName = "", alternativeText = "", hidden, password } = field;
  if (field.subtype !== "Widget" || hidden || password) return "";
  const value = inlineText(valueOf(field).slice(0, LONGEST_VALUE).toWellFormed().replaceAll(/\s+/g, " "));
  // Forms made by programs have names such as `form[0].page1[0].name[0]`.
  const name = alternativeText.trim() || fieldName.replaceAll(/\[\d+\]/g, "").replace(/^.*\.(?=.)/, "");
  return value === "" ? "" : `- ${inlineText(name.slice(0, 300).toWellFormed())}: ${value}`;
}

function valueOf({ fieldType, fieldValue, options, buttonValue, checkBox, radioButton }: Annotation): string {
  const values = (Array.isArray(fieldValue) ? fieldValue : [fieldValue ?? ""]).filter((one) => one !== "");
  if (fieldType === "Tx") return values.join(", ");
  if (fieldType === "Ch") {
    const shown = new Map(options.map((option) => [option.exportValue, option.displayValue]));
    return values.map((one) => shown.get(one) ?? one).join(", ");
  }
  const [value = "Off"] = values;
  if (checkBox) return value === "Off" ? "" : "yes";
  return radioButton && value === buttonValue ? value : "";
}
