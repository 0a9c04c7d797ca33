import { getDocumentProxy } from "unpdf";
import { z } from "zod";
import { CancelledError, ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { CharacterMaps } from "./pdf-cmaps";
import { bodySize, pageMarkdown, type PdfRun } from "./pdf-lines";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const MOST_PAGES = 2_000;
const MOST_CHARACTERS = 10_000_000;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

const infoSchema = z.object({
  Title: z.string().optional().catch(undefined),
  Author: z.string().optional().catch(undefined),
  CreationDate: z.string().optional().catch(undefined),
  ModDate: z.string().optional().catch(undefined),
});
const runSchema = z.object({
  str: z.string(),
  transform: z.array(z.number()).min(6),
  width: z.number(),
  hasEOL: z.boolean(),
});

/** A PDF's text, one `## Page N` a page when there are several; title, author and date from its properties. */
export const readPdf: ByteReader = async (input) => {
  const pdf = await open(input);
  try {
    const info = infoSchema.safeParse((await pdf.getMetadata()).info).data ?? {};
    const { pages, cut } = await readPages(input, pdf);
    return result(pdf.numPages, pages, cut, info);
  } catch (error) {
    throw explain(input, error);
  } finally {
    await pdf.loadingTask.destroy();
  }
};

async function open(input: DocumentInput): Promise<Pdf> {
  try {
    // The library keeps and detaches what it is given: hand it a copy.
    return await getDocumentProxy(input.bytes.slice(), {
      verbosity: 0,
      useSystemFonts: false,
      enableXfa: false,
      // The library makes one for each document.
      BinaryDataFactory: CharacterMaps,
      cMapPacked: false,
      useWorkerFetch: false,
    });
  } catch (error) {
    throw explain(input, error);
  }
}

async function readPages(input: DocumentInput, pdf: Pdf) {
  const pages: PdfRun[][] = [];
  let characters = 0;
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number++) {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const runs = content.items.flatMap((item) => runOf(item));
    page.cleanup();
    pages.push(runs);
    characters += runs.reduce((sum, run) => sum + run.text.length, 0);
    if (characters > MOST_CHARACTERS) break;
  }
  return { pages, cut: pages.length < pdf.numPages };
}

function runOf(item: unknown): PdfRun[] {
  const run = runSchema.safeParse(item).data;
  if (run === undefined) return []; // A mark of the document's structure, without text.
  const [a = 0, b = 0, , d = 0, x = 0, y = 0] = run.transform;
  const size = Math.abs(d) || Math.hypot(a, b);
  return [{ text: run.str.replaceAll("\0", ""), x, y, width: run.width, size, endsLine: run.hasEOL }];
}

function result(
  count: number,
  pages: readonly PdfRun[][],
  cut: boolean,
  info: z.infer<typeof infoSchema>,
): ReaderResult {
  const body = bodySize(pages);
  const several = count > 1;
  const parts = pages.map((runs, index) => {
    const text = pageMarkdown(runs, body, several ? 3 : 2);
    return several && text !== "" ? `## Page ${index + 1}\n\n${text}` : text;
  });
  if (cut)
    parts.push(`> **Cut here.** The document has ${count} pages; the first ${pages.length} are shown.`);
  const author = cleanTitle(info.Author ?? "");
  const date = pdfDate(info.ModDate) ?? pdfDate(info.CreationDate);
  return {
    title: realTitle(info.Title),
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    kind: "document",
    metadata: { pages: count, ...(pages.flat().length === 0 ? { note: "no text layer" } : {}) },
    ...(author === "" ? {} : { author }),
    ...(date === undefined ? {} : { artifactDate: date }),
  };
}

/** Programs write their own file names into the title; the file's name is better then. */
function realTitle(title: string | undefined): string | undefined {
  const clean = cleanTitle(title ?? "");
  return /^(?:microsoft word - |untitled$|.*\.(?:docx?|xlsx?|pptx?|indd|tex|qxd)$)/i.test(clean)
    ? undefined
    : clean;
}

/** `D:20260501093000+02'00'` as ISO-8601 UTC. */
export function pdfDate(value: string | undefined): string | undefined {
  const parts = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:Z|([+-])(\d\d)'?(\d\d)?)?/.exec(
    value ?? "",
  );
  if (parts === null) return undefined;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", sign, zone = "00"] =
    parts;
  const offset = sign === undefined ? "Z" : `${sign}${zone}:${parts[9] ?? "00"}`;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function explain(input: DocumentInput, error: unknown): Error {
  if (error instanceof CancelledError || error instanceof ItemError) return error;
  const name = shownName(input.path);
  if (error instanceof Error && error.name === "PasswordException") {
    return new ItemError(`${name} is protected by a password.`, {
      action: "Save a copy without a password to have it read.",
      cause: error,
    });
  }
  return new ItemError(`${name} is damaged and cannot be read.`, {
    action: "Open it in a PDF viewer and save it again, or leave the file out.",
    cause: error,
  });
}
