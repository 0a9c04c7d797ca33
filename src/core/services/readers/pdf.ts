import { getDocumentProxy } from "unpdf";
import { z } from "zod";
import { CancelledError, ItemError } from "@/core/models/errors";
import { shownName } from "@/lib/file-names";
import { CharacterMaps } from "./pdf-cmaps";
import { annotationsMarkdown, readAnnotations } from "./pdf-annotations";
import { pdfDate } from "./pdf-date";
import { bodySize, HEADING_SIZE, linesOf, type PdfLine, pageMarkdown, type PdfRun } from "./pdf-lines";
import { withoutRepeats } from "./pdf-repeats";
import type { ByteReader, DocumentInput, ReaderResult } from "./reader";
import { cleanTitle } from "./title";

const MOST_PAGES = 2_000;
const MOST_CHARACTERS = 10_000_000;

interface Page {
  runs: PdfRun[];
  annotations: unknown[];
}

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

/** A PDF's text, forms and comments, one `## Page N` a page when there are several; title, author and date from its properties. */
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
  const pages: Page[] = [];
  const annotations = await readAnnotations(pdf);
  let characters = 0;
  for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number++) {
    if (input.signal.aborted) throw new CancelledError("Reading was stopped.");
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const runs = content.items.flatMap((item) => runOf(item));
    page.cleanup();
    pages.push({ runs, annotations: annotations.get(number - 1) ?? [] });
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
  pages: readonly Page[],
  cut: boolean,
  info: z.infer<typeof infoSchema>,
): ReaderResult {
  const body = bodySize(pages.map(({ runs }) => runs));
  const several = count > 1;
  const level = several ? 3 : 2;
  const texts: PdfLine[][] = withoutRepeats(
    pages.map(({ runs }) => linesOf(runs)),
    body * HEADING_SIZE,
  );
  const parts = pages.map(({ annotations }, index) => {
    const text = pageMarkdown(texts[index] ?? [], body, level);
    const noted = annotationsMarkdown(annotations, level);
    const shown = [text, noted].filter((part) => part !== "").join("\n\n");
    return several && shown !== "" ? `## Page ${index + 1}\n\n${shown}` : shown;
  });
  if (cut)
    parts.push(`> **Cut here.** The document has ${count} pages; the first ${pages.length} are shown.`);
  const author = cleanTitle(info.Author ?? "");
  const date = pdfDate(info.ModDate) ?? pdfDate(info.CreationDate);
  return {
    title: realTitle(info.Title),
    markdown: parts.filter((part) => part !== "").join("\n\n"),
    kind: "document",
    metadata: {
      pages: count,
      ...(pages.every(({ runs }) => runs.length === 0) ? { note: "no text layer" } : {}),
    },
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
